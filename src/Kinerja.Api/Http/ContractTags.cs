using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Kinerja.Api;

/// <summary>What each group of operations is about.</summary>
internal sealed class ContractTags : IDocumentFilter
{
    public void Apply(OpenApiDocument document, DocumentFilterContext context) => document.Tags = new HashSet<OpenApiTag>
    {
        new() { Name = "Me", Description = "Who I am, which posts I hold, what awaits my act." },
        new() { Name = "Satker", Description = "The tree of offices and their units. Public." },
        new() { Name = "Posts", Description = "Who holds which post, when." },
        new() { Name = "Indicators", Description = "The national catalogue, which is public, and the offices' own indicators." },
        new() { Name = "Years", Description = "The policy of each year, which is public, and the windows of its periods." },
        new() { Name = "Agreements", Description = "Perjanjian Kinerja." },
        new() { Name = "Realizations", Description = "Realization reports." },
        new() { Name = "Published", Description = "What anyone may read, and checking a printed document by its hash." },
        new() { Name = "Evidence", Description = "Files behind realizations, by content hash." },
        new() { Name = "Sign-offs", Description = "Acts upon many documents at once." },
        new() { Name = "Budgets", Description = "DIPA, its revisions, what was spent of it, and grants." },
        new() { Name = "Capaian", Description = "Realization against target, in percent." },
        new() { Name = "Roll-up", Description = "Child results upward, with coverage." },
        new() { Name = "Audit", Description = "Who did what and who read what, chained, with signed heads." },
        new() { Name = "Changes", Description = "What changed, as CloudEvents, in one order without gaps." },
        new() { Name = "Due", Description = "What is due, late, returned, and waiting for whom." },
        new() { Name = "Webhooks", Description = "The events an office reads, sent to who subscribed, by Standard Webhooks." },
        new() { Name = "Service", Description = "Health, version, explanations of problems." },
    };
}
