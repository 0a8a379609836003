using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Hosting;

/// <summary>What no route can read: JSON in another encoding, and queries with U+0000, which the database does not know.</summary>
internal sealed class PlainRequests(RequestDelegate next)
{
    /// <summary>Bytes of a body; the longest real one is a plan of all runners.</summary>
    public const long LongestBody = 1024 * 1024;

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.IsApi()) return next(http);
        if (http.Request.GetTypedHeaders().ContentType?.Charset is { HasValue: true } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", $"Send JSON in UTF-8, not in {charset}.").ExecuteAsync(http);
        var errors = new RequestErrors();
        foreach (var (name, values) in http.Request.Query)
            if (values.Any(value => value is not null && !PlainText.Holds(value))) errors.Add(name, "U+0000 is not allowed in a text.");
        return errors.Any ? errors.ToProblem().ExecuteAsync(http) : next(http);
    }
}
