using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>Something both servers are asked for.</summary>
/// <param name="Name">As the table names it.</param>
/// <param name="Target">The least ratio of throughput that is wanted.</param>
/// <param name="Requests">For reads: requests to be asked again and again.</param>
/// <param name="Connections">How many ask at once.</param>
internal sealed record Scenario(string Name, double Target, IReadOnlyList<string> Requests, int Connections = 16);

/// <summary>The requests of a country, chosen from what is in its database.</summary>
internal sealed class Scenarios(NpgsqlDataSource owner, int year)
{
    private const int Variety = 400;

    /// <summary>Reads by the verifikator of one province, and the roll-ups of that province and of the nation.</summary>
    public async Task<List<Scenario>> Reads()
    {
        var province = (await Texts("""
            select p.parent from office_parent p join office o on o.satker = p.parent where o.level = 'provinsi'
            group by 1 order by p.parent = '53' desc, count(*) desc, 1 limit 1
            """)).Single();
        var viewer = $"{province}.{Post.Verifikator}";
        var children = $"select satker from office_parent where parent = '{province}' and valid_until = 'infinity'";
        var offices = await Texts($"{children} order by 1 limit {Variety}");
        var documents = await Texts($"""
            select satker || '/realizations/' || id from document
            where kind = 'realization' and satker in ({children}) order by md5(id) limit {Variety}
            """);
        return
        [
            new("document", 0.8, [.. documents.Select(path => Get($"/v1/satker/{path}", viewer))]),
            new("page", 0.8, [.. offices.Select(office => Get($"/v1/satker/{office}/realizations/", viewer))]),
            new("capaian", 0.8, [.. offices.Select(office => Get($"/v1/satker/{office}/capaian?year={year}&level=sekretaris", viewer))]),
            new("children", 0.8, [Get($"/v1/satker/{province}/capaian/children?year={year}&level=sekretaris", viewer)]),
            new("rollup", 0.8, [Get($"/v1/satker/{province}/rollup?year={year}", viewer)]),
            new("rollup-ri", 0.8, [Get($"/v1/satker/{Offices.Ri}/rollup?year={year}", $"{Offices.Ri}.ketua")], Connections: 2),
            new("money", 0.8, [Get($"/v1/satker/{province}/budgets/{year}/rollup", viewer)]),
            new("money-ri", 0.8, [Get($"/v1/satker/{Offices.Ri}/budgets/{year}/rollup", $"{Offices.Ri}.ketua")], Connections: 2),
            new("absorption", 0.8, [Get($"/v1/satker/{province}/budgets/{year}/absorption/rollup?level=sekretaris", viewer)]),
            new("absorption-ri", 0.8,
                [Get($"/v1/satker/{Offices.Ri}/budgets/{year}/absorption/rollup?level=sekretaris", $"{Offices.Ri}.ketua")], Connections: 2),
        ];
    }

    /// <summary>Acts that are awaited on the reports that wait in a state, each by the account whose act it is.</summary>
    public Task<List<string>> Acts(Act act, State state, int count) => Acts(act, state, $"order by period, md5(id) limit {count}", "");

    /// <summary>One submission of each of 553 offices that have a draft, each by its own account.</summary>
    public Task<List<string>> OfTheCountry() =>
        Acts(Act.Submit, State.Draft, "order by d.satker, md5(id) limit 553", "distinct on (d.satker)");

    private Task<List<string>> Acts(Act act, State state, string order, string distinct) => Texts($$"""
        select 'POST /v1/satker/' || satker || '/realizations/' || id || '/sign-offs HTTP/1.1' || E'\r\nHost: bench\r\n'
            || 'Authorization: Bearer {{StubIssuer.TokenOf("")}}' || satker || '.' || awaiting || E'\r\n'
            || 'Idempotency-Key: ' || gen_random_uuid() || E'\r\nIf-Match: "' || version || E'"\r\n'
            || E'Content-Type: application/json\r\nContent-Length: ' || length(body) || E'\r\n\r\n' || body
        from (
            select {{distinct}} d.satker, id, version, awaiting, jsonb_build_object('act', '{{Words.Of(act)}}',
                'post', d.satker || '.' || awaiting, 'contentHash', content_hash)::text as body
            from document d
            where kind = 'realization' and state = '{{Words.Of(state)}}' and period like '{{year}}-B%'
                and awaiting not like 'parent.%'
                and body #>> array['signOff', 'steps', jsonb_array_length(body #> '{signOff,acts}')::text, 'act'] = '{{Words.Of(act)}}'
            {{order}}) acts
        order by md5(id)
        """);

    private static string Get(string path, string subject) =>
        $"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {StubIssuer.TokenOf(subject)}\r\n\r\n";

    private async Task<List<string>> Texts(string sql)
    {
        await using var query = owner.CreateCommand(sql);
        await using var rows = await query.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync())
        {
            texts.Add(rows.GetString(0));
        }

        return texts;
    }
}
