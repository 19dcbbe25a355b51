namespace Kinerja.Api.Tests;

public sealed class CatalogueTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task An_indicator_is_promised_the_moment_it_is_defined_although_the_catalogue_was_read_before()
    {
        var promise = Given.Agreement("sekretaris", 2024, Given.Line(indicator: "BARU.01"));
        (await api.As("5301.sekretaris").Post("/v1/satker/5301/agreements", promise))
            .Refuses(422, "rules-broken", ("/lines/0/indicator", "unknown-indicator"));

        (await api.As("00.admin-katalog").Post("/v1/indicators", Indicators.Of(2024).First() with { Code = "BARU.01" })).Is(201);

        (await api.As("5301.sekretaris").Post("/v1/satker/5301/agreements", promise)).Is(201);
    }
}
