using MigrationPortal.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddPortalPages();

var app = builder.Build();

app.MapGet("/health/live", () => "ok");
app.MapPortalPages();

app.Run();
