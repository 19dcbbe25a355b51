using System.Text.Json;

namespace Kinerja.Api.Tests;

/// <summary>What an operator finds by the ids of an answer.</summary>
public sealed class LogTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_ids_of_a_faults_answer_stand_in_its_line_of_the_log()
    {
        var address = new Uri($"http://127.0.0.1:{Shell.FreePort()}");
        await using var service = await OwnProcess.Start(api, address, [], isLogKept: true);
        await api.Owner.Execute("alter table document rename column late to came_late");
        try
        {
            var fault = (await api.At(address, "5305.ketua").Get("/v1/satker/5305/agreements")).Refuses(500, "fault");

            var (request, trace) = (fault.Header("Kinerja-Request-Id")!, (string)fault.Json["traceId"]!);
            await Eventually.Holds(() => Task.FromResult(service.Log.Any(line => line.Contains(request, StringComparison.Ordinal))));
            using var entry = JsonDocument.Parse(service.Log.Single(line => line.Contains(request, StringComparison.Ordinal)));
            Assert.Equal("A fault", entry.RootElement.GetProperty("Message").GetString());
            var scopes = entry.RootElement.GetProperty("Scopes").EnumerateArray().ToList();
            Assert.Contains(scopes, scope => scope.TryGetProperty("KinerjaRequestId", out var id) && id.GetString() == request);
            Assert.Contains(scopes, scope => scope.TryGetProperty("TraceId", out var id) && id.GetString() == trace);
        }
        finally
        {
            await api.Owner.Execute("alter table document rename column came_late to late");
        }
    }

    [Fact]
    public async Task The_id_of_a_refused_acts_answer_stands_in_the_trail()
    {
        var draft = await api.Given.DraftedAgreement();
        var ketua = $"{draft.Satker}.ketua";

        var refused = (await api.Given.Act(draft, new Hand("countersign", ketua))).Refuses(409, "no-such-act");

        await api.Seal();
        var entry = Assert.Single((await api.As(ketua).Get($"/v1/audit?satker={draft.Satker}&id={draft.Id}&refused=yes")).Is(200).Json["items"]!.AsArray());
        Assert.Equal(refused.Header("Kinerja-Request-Id"), (string)entry!["requestId"]!);
    }
}
