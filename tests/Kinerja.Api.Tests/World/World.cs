using Kinerja.Api.Tests;

[assembly: AssemblyFixture(typeof(World))]

namespace Kinerja.Api.Tests;

/// <summary>What all tests of a run share: one PostgreSQL with a template database, and one identity server.</summary>
public sealed class World : IAsyncLifetime
{
    /// <summary>The years that are open.</summary>
    public static readonly IReadOnlyList<int> Years = [2023, 2024, 2025];

    public Cluster Cluster { get; } = new();

    public Issuer Issuer { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Cluster.Start();
        await Task.WhenAll(Issuer.Start(Cluster), Template.Build(this));
    }

    public async ValueTask DisposeAsync()
    {
        await Issuer.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
