using Kinerja.Api;

var builder = WebApplication.CreateBuilder(args);
if (args is [var verb, ..] && !verb.StartsWith('-'))
{
    return await Verbs.Run(verb, args[1..], builder.Configuration, Console.Out);
}

var (configuration, services) = (builder.Configuration, builder.Services);
Logs.Configure(builder.Logging, configuration);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions, strict: true));
services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
services.AddExceptionHandler<ThrownProblems>().AddProblemDetails().AddSingleton(TimeProvider.System);
services.AddSingleton(_ => Database.Connect(
    configuration.GetConnectionString("App") ?? throw new InvalidOperationException("ConnectionStrings:App is not set.")));
services.AddSingleton<Database>().AddSingleton<RateLimits>().AddSingleton<EvidenceFiles>().AddSingleton<SigningKeys>().AddHostedService<KeySweep>();
AuditServices.Add(services);
DueRoutes.Add(services);
WebhookServices.Add(services);
Tenancy.Add(services, configuration);
services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
    .WithOrigins(configuration.GetSection("Cors:Origins").Get<string[]>() ?? []).AllowAnyHeader().AllowAnyMethod()
    .WithExposedHeaders("ETag", "Location", "Link", "Retry-After", "RateLimit", "RateLimit-Policy", "Kinerja-Request-Id", "Idempotency-Replayed")));
OpenApi.Add(services, configuration);

var app = builder.Build();
app.UsePathBase(configuration["PathBase"]);
app.Use(Pipeline.RequestId);
app.Use(Pipeline.Head);
app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true });
app.UseStatusCodePages(status => Problems.Write(
    status.HttpContext, status.HttpContext.Response.StatusCode, Problems.CodeOf(status.HttpContext.Response.StatusCode)));
app.UseRouting();
app.UseCors();
app.UseAuthentication();
app.Use(RateLimits.Guard);
app.Use(Pipeline.BadToken);
app.UseAuthorization();
app.Use(Pipeline.Unknown);

var v1 = app.MapGroup("/v1").Guarded();
OfficialsRoutes.Map(v1);
SatkerRoutes.Map(v1);
IndicatorRoutes.Map(v1);
AgreementRoutes.Map(v1);
RealizationRoutes.Map(v1);
EvidenceRoutes.Map(v1);
BudgetRoutes.Map(v1);
PostBatch.Map(v1);
PeriodRoutes.Map(v1);
CapaianRoutes.Map(v1);
RollupRoutes.Map(v1);
PublishedRoutes.Map(v1);
AuditRoutes.Map(v1);
WebhookRoutes.Map(v1);
ServiceRoutes.Map(app);
OpenApi.Map(app, configuration);
await app.RunAsync();
return 0;
