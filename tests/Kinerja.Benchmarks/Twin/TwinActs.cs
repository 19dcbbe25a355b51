using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>
/// A report submitted or signed: the issuer is asked, then one statement writes document, version, journal entry, figures,
/// level and the answer to a retry; what is accumulated from them is read, made by the API's own rule, and written with the
/// roll-ups, in the same transaction. Nothing is decided: the next step of the first round is taken.
/// </summary>
internal static class TwinActs
{
    private const string Statement = """
        with old as (
            select d.*, jsonb_array_length(body #> '{signOff,acts}') as done from document d
            where kind = 'realization' and satker = $1 and id = $2 and version = $3 and content_hash = $4 for update
        ), step as (
            select old.*, body #> array['signOff', 'steps', done::text] as now, body #> array['signOff', 'steps', (done + 1)::text] as then
            from old
        ), written as (
            update document d set version = step.version + 1, state = step.now ->> 'reaches', recorded_at = $5,
                awaiting = case when step.then ? 'atParent' and (step.then ->> 'atParent')::boolean then 'parent.' else '' end
                    || (step.then ->> 'post'),
                body = jsonb_set(jsonb_set(jsonb_set(jsonb_set(step.body,
                    '{version}', to_jsonb(step.version + 1)),
                    '{recordedAt}', to_jsonb($5)),
                    '{signOff,state}', step.now -> 'reaches'),
                    '{signOff,acts}', (step.body #> '{signOff,acts}') || jsonb_build_object('act', $6, 'round', 1, 'post', $7,
                        'capacity', 'definitive', 'by', $8, 'at', $5, 'from', step.body #> '{signOff,state}',
                        'to', step.now -> 'reaches', 'contentHash', $4))
            from step where d.kind = 'realization' and d.satker = step.satker and d.id = step.id
            returning d.*
        ), kept as (
            insert into document_version (kind, satker, id, version, year, public, recorded_at, body)
            select kind, satker, id, version, year, public, recorded_at, body from written
        ), noted as (
            insert into journal (satker, kind, id, version, year, act, subject, post, before_hash, after_hash, at, request_id)
            select satker, kind, id, version, year, $6, $8, $7, content_hash, content_hash, recorded_at, $9 from written
        ), dropped as (
            delete from result r using written w where $6 = 'submit' and r.satker = w.satker and r.report = w.id returning r.*
        ), figured as (
            insert into result select * from dropped
        ), levelled as (
            insert into reached (satker, report, level, round, version, year, content_hash, recorded_at)
            select satker, id, case state when 'submitted' then 1 when 'verified' then 2 when 'approved' then 3 else 4 end, 1,
                version, year, content_hash, recorded_at from written
            on conflict (satker, report, level) do update set round = excluded.round, version = excluded.version,
                content_hash = excluded.content_hash, recorded_at = excluded.recorded_at
        ), remembered as (
            insert into idempotency (client, operation, key, body_hash, status, headers, body, at)
            select $8, $10, $11, $12, 200, jsonb_build_object('etag', version::text), convert_to(body::text, 'UTF8'), $5 from written
        )
        select version, body, year, unit, period from written
        """;

    private sealed record Wanted(string Act, string Post, string ContentHash);

    public static void Map(WebApplication app, TwinHost host, HttpClient issuer) =>
        app.MapPost("/v1/satker/{satker}/realizations/{id}/sign-offs", async (HttpContext http, string satker, string id) =>
        {
            using var buffer = new MemoryStream();
            await http.Request.Body.CopyToAsync(buffer);
            var bytes = buffer.ToArray();
            var wanted = JsonSerializer.Deserialize<Wanted>(bytes, Json.Documents)!;
            var request = http.Request.Headers;
            await AskIssuer(issuer, request.Authorization.ToString()["Bearer ".Length..]);
            var subject = host.Subject(http);
            await using var connection = await host.Connect();
            await using var transaction = await connection.BeginTransactionAsync();
            var written = await TwinHost.Ask(connection, subject,
                [
                    new Sql(
                        Statement, satker, id, ETag.Version(request.IfMatch.ToString())!, wanted.ContentHash, DateTimeOffset.UtcNow,
                        wanted.Act, wanted.Post, subject, http.TraceIdentifier, $"POST {http.Request.Path}",
                        request["Idempotency-Key"].ToString(), Convert.ToHexStringLower(SHA256.HashData(bytes))),
                ],
                answers => answers.Next(row => (
                    Version: row.GetInt32(0), Body: row.GetFieldValue<byte[]>(1), Year: row.GetInt32(2), Unit: row.GetString(3),
                    Period: Period.Parse(row.GetString(4))!)));
            if (written is not [var (version, body, year, unit, period)])
            {
                http.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
                return;
            }

            await Accumulate(connection, satker, unit, period, await TwinMeasures.CatalogueOf(host, http, year));
            await transaction.CommitAsync();
            await TwinHost.Answer(http, body, $"\"{version}\"");
        });

    private static async Task Accumulate(NpgsqlConnection connection, string satker, string unit, Period period, Catalogue catalogue)
    {
        var (_, _, of) = await TwinHost.Ask(connection, null, Accumulations.Ask(satker, period.Year, unit), Accumulations.Read);
        await TwinHost.Ask(connection, null,
            [
                Accumulations.Drop(satker, period.Year, unit, period.Above),
                Row.Insert([.. Accumulations.Rows(satker, of, period.Above, catalogue)]),
                KeptRollups.Restanding(satker, unit, period),
            ],
            _ => Task.FromResult(0));
    }

    private static async Task AskIssuer(HttpClient issuer, string token)
    {
        using var form = new FormUrlEncodedContent([new("token", token), new("token_type_hint", "access_token")]);
        using var answer = await issuer.PostAsync(new Uri("/token/introspection", UriKind.Relative), form);
        await answer.Content.ReadAsByteArrayAsync();
    }
}
