namespace Kinerja.Api.Tests;

/// <summary>What is wrong with the service itself is told as its fault, not as the caller's.</summary>
public sealed class FaultTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_privilege_that_was_not_granted_is_a_fault_and_an_office_beyond_reach_is_not_found()
    {
        var draft = Given.Agreement("rendatin");
        await api.Owner.Rows("revoke insert on journal from kinerja_app");
        (await api.As("5301.rendatin").Post("/v1/satker/5301/agreements", draft)).Refuses(500, "fault");
        await api.Owner.Rows("grant insert on journal to kinerja_app");

        (await api.As("5301.rendatin").Post("/v1/satker/5301/agreements", draft)).Is(201);
        (await api.As("5301.rendatin").Post("/v1/satker/5302/agreements", draft)).Refuses(404, "not-found");
    }

    [Fact]
    public async Task Nothing_is_signed_that_cannot_be_checked()
    {
        var (satker, unit) = api.Given.FreshUnit();
        var inForce = await api.Given.InForce(satker, Given.Agreement(unit, 2023));
        var report = await api.Given.Drafted(satker, Given.Report(unit, "2023"));
        var (other, its) = api.Given.FreshUnit();
        var agreement = await api.Given.Drafted(other, Given.Agreement(its, 2023));
        var (submit, sign) = (Given.WayOfReport(satker, unit)[0], Given.WayOfAgreement(other, its)[0]);

        await Policies("policy", "no-policy");
        (await api.Given.Act(report, submit)).Refuses(422, "rules-broken", ("/content/year", "year-not-open"));
        (await api.Given.Act(agreement, sign)).Refuses(422, "rules-broken", ("/content/year", "year-not-open"));
        await Policies("no-policy", "policy");

        (await api.Given.Act(report, submit)).Is(200);
        (await api.Given.Act(agreement, sign)).Is(200);
        Assert.Equal("in-force", (await api.Given.Now(inForce, $"{satker}.{unit}")).State);
    }

    /// <summary>Takes the policies of 2023 away, or brings them back; the catalogue is read anew.</summary>
    private async Task Policies(string from, string to)
    {
        await api.Owner.Rows("alter table document_version disable trigger document_version_append_only");
        await api.Owner.Rows($"update document_version set kind = '{to}' where kind = '{from}' and id = '2023'");
        await api.Owner.Rows($"update document set kind = '{to}' where kind = '{from}' and id = '2023'");
        await api.Owner.Rows("alter table document_version enable trigger document_version_append_only");
    }
}
