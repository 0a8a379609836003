using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Shared;

/// <summary>Collects every problem of a request with its field and the remedy, so that a caller mends all at once.</summary>
public sealed class RequestErrors
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    /// <summary>All sentences, for a page.</summary>
    public IEnumerable<string> Sentences => _errors.Values.SelectMany(sentences => sentences);

    public void Add(string field, string sentence)
    {
        if (!_errors.TryGetValue(field, out var sentences)) _errors[field] = sentences = [];
        sentences.Add(sentence);
    }

    public ProblemHttpResult ToProblem() => Of(_errors.ToDictionary(one => one.Key, one => one.Value.ToArray()));

    public static ProblemHttpResult Of(IReadOnlyDictionary<string, string[]> errors) => Problems.Of(
        StatusCodes.Status400BadRequest, "invalid-request", $"The request has {errors.Sum(one => one.Value.Length)} problem(s); see 'errors'.",
        new Dictionary<string, object?> { ["errors"] = errors });

    /// <summary>Null is taken as left out.</summary>
    public T? OneOf<T>(string field, string? word, IReadOnlyList<(string Word, T Value)> words) where T : struct
    {
        ArgumentNullException.ThrowIfNull(words);
        if (word is null) return null;
        foreach (var (known, value) in words)
            if (known == word) return value;
        Add(field, $"'{word}' is not known here. Use one of: {string.Join(", ", words.Select(one => one.Word))}.");
        return null;
    }

    public DateTimeOffset? Time(string field, string? text)
    {
        if (text is null) return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            Add(field, $"'{text}' is not a time. Write ISO 8601 in UTC, such as 2026-11-23T08:00:00Z.");
        else if (time < Earliest || time > Latest) Add(field, $"Must lie between {Earliest:yyyy} and {Latest:yyyy}.");
        else return time;
        return null;
    }

    public string Text(string field, string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text)) Add(field, $"Needed: a text of 1 to {longest} characters.");
        else if (text.Length > longest) Add(field, $"Too long: at most {longest} characters.");
        else return text.Trim();
        return "";
    }

    /// <summary>A text that may be left out.</summary>
    public string? Note(string field, string? text, int longest)
    {
        if (text?.Length > longest) Add(field, $"Too long: at most {longest} characters.");
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>A window that ends now and is <paramref name="otherwise"/> long unless the caller says from or to.</summary>
    public TimeWindow Window(string? from, string? to, TimeSpan otherwise, TimeSpan longest, DateTimeOffset now)
    {
        var end = Time("to", to) ?? now;
        var start = Time("from", from) ?? end - otherwise;
        if (start >= end) Add("from", "Must lie before 'to'.");
        else if (end - start > longest) Add("from", $"At most {longest.TotalDays:0} days before 'to' for this bucket.");
        return new TimeWindow(start, end);
    }
}
