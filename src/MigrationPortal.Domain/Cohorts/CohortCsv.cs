using System.Globalization;
using System.Text;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <param name="Line">In the text, from 1.</param>
/// <param name="Reason">Null when the cell is empty.</param>
public sealed record CohortLine(int Line, ProjectId Project, string Path, EnrollmentKind Kind, EnrollmentTarget Target, DateTimeOffset? Until, string? Reason);

/// <summary>
/// The projects of a cohort as comma-separated text: columns <c>id</c> or <c>path</c> (or both), <c>kind</c>, <c>target</c>,
/// <c>until</c>, <c>reason</c>, in any order; what an export writes besides is passed over. Reading names every bad line with its
/// number and the remedy, so that all are mended at once.
/// </summary>
public static class CohortCsv
{
    public const int MostLines = 20_000;

    private static readonly string[] Known = ["id", "path", "kind", "target", "until", "reason"];
    private static readonly string[] PassedOver = ["place", "state", "stratum", "changedAt"];
    private static readonly string Header = string.Join(',', Known.Concat(PassedOver));

    public static string Write(IEnumerable<Enrollment> members, Func<ProjectId, string?> pathOf)
    {
        ArgumentNullException.ThrowIfNull(pathOf);
        var text = new StringBuilder(Header).Append("\r\n");
        foreach (var one in members)
            text.AppendJoin(',', one.Project.Number.ToString(CultureInfo.InvariantCulture), CsvText.Cell(pathOf(one.Project)), one.Kind.Word(), one.Target.Word(), Stamp(one.Until), CsvText.Cell(one.Reason),
                one.Seat?.Place.ToString(CultureInfo.InvariantCulture), one.State.Word(), one.Seat?.Member.Stratum.ToString().ToLowerInvariant(), Stamp(one.At)).Append("\r\n");
        return text.ToString();
    }

    /// <param name="projects">Every project of the instance, by which ids and paths are known.</param>
    /// <param name="now">The instance's time: a pin that has ended is none.</param>
    /// <returns>Lines and problems; when there is a problem, the lines are not to be used.</returns>
    public static (IReadOnlyList<CohortLine> Lines, IReadOnlyList<string> Problems) Read(string text, IReadOnlyCollection<Candidate> projects, DateTimeOffset now)
    {
        var rows = CsvText.Read(text, out var open);
        if (open is { } quote) return ([], [$"Line {quote}: a quote is never closed: end the cell with \", and double those within it."]);
        if (rows.Count == 0) return ([], [$"The text is empty: begin with the line {string.Join(',', Known)}."]);
        if (rows.Count - 1 > MostLines) return ([], [$"The text has {rows.Count - 1} lines below its header: give at most {MostLines} at once."]);
        if (HeaderProblems(rows[0]).ToList() is { Count: > 0 } wrong) return ([], wrong);
        var reader = new Reader([.. rows[0].Cells.Select(cell => cell.Trim().ToLowerInvariant())], projects, now);
        var lines = rows.Skip(1).Select(reader.Line).OfType<CohortLine>().ToList();
        return (lines, reader.Problems);
    }

    private static IEnumerable<string> HeaderProblems(CsvText.Row header)
    {
        if (header.Cells is [var only] && only.Contains(';', StringComparison.Ordinal))
        {
            yield return $"Line {header.Line}: the columns are separated by semicolons, as spreadsheets of some countries save them: save it with commas.";
            yield break;
        }

        var names = header.Cells.Select(cell => cell.Trim().ToLowerInvariant()).ToList();
        foreach (var name in names.Where(name => !Known.Concat(PassedOver).Contains(name, StringComparer.OrdinalIgnoreCase)))
            yield return $"Line {header.Line}: the column '{name}' is not known. Use {string.Join(", ", Known)}.";
        foreach (var name in names.CountBy(name => name).Where(one => one.Value > 1).Select(one => one.Key))
            yield return $"Line {header.Line}: the column '{name}' is there twice: keep one.";
        if (!names.Contains("id") && !names.Contains("path")) yield return $"Line {header.Line}: needed is a column id or path.";
    }

    private static string Stamp(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private sealed class Reader(List<string> columns, IReadOnlyCollection<Candidate> projects, DateTimeOffset now)
    {
        private readonly Dictionary<long, Candidate> _byId = projects.ToDictionary(one => one.Project.Number);

        // GitLab's paths do not tell capital letters from small ones.
        private readonly Dictionary<string, Candidate> _byPath = projects.GroupBy(one => one.FullPath, StringComparer.OrdinalIgnoreCase).ToDictionary(one => one.Key, one => one.First(), StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<ProjectId, int> _seen = [];

        public List<string> Problems { get; } = [];

        public CohortLine? Line(CsvText.Row row)
        {
            var before = Problems.Count;
            if (row.Cells.Count != columns.Count) return Bad(row, $"has {row.Cells.Count} cells where the header has {columns.Count}: quote cells that hold a comma.");
            var project = Project(row);
            var kind = Word(row, "kind", EnrollmentWords.Kinds, EnrollmentKind.HandPicked);
            var target = Word(row, "target", EnrollmentWords.Targets, EnrollmentTarget.Kubernetes);
            var until = Until(row, target);
            var reason = Cell(row, "reason");
            if (reason.Length > Cohort.LongestReason) Bad(row, $"the reason is too long: at most {Cohort.LongestReason} characters.");
            if (project is not null && !_seen.TryAdd(project.Project, row.Line)) Bad(row, $"{project.FullPath} stands in line {_seen[project.Project]} already: keep one.");
            return Problems.Count > before || project is null ? null : new CohortLine(row.Line, project.Project, project.FullPath, kind, target, until, reason.Length == 0 ? null : reason);
        }

        private Candidate? Project(CsvText.Row row)
        {
            var (id, path) = (Cell(row, "id"), Cell(row, "path").Trim('/'));
            if (id.Length == 0 && path.Length == 0) return Bad<Candidate>(row, "names no project: give its id or its path.");
            var byId = id.Length > 0 && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? _byId.GetValueOrDefault(number) : null;
            var byPath = path.Length > 0 ? _byPath.GetValueOrDefault(path) : null;
            if (id.Length > 0 && byId is null) return Bad<Candidate>(row, $"there is no project {id}: take the number from the project's page in GitLab.");
            if (path.Length > 0 && byPath is null) return Bad<Candidate>(row, $"there is no project '{path}': take the full path from its address, such as data/etl.");
            if (byId is not null && byPath is not null && byId != byPath) return Bad<Candidate>(row, $"project {id} is {byId.FullPath} and not '{path}': leave one of them empty.");
            return byId ?? byPath;
        }

        private T Word<T>(CsvText.Row row, string column, IReadOnlyList<(string Word, T Value)> words, T otherwise) where T : struct
        {
            var text = Cell(row, column);
            if (text.Length == 0) return otherwise;
            if (EnrollmentWords.Parse(words, text) is { } value) return value;
            Bad(row, $"'{text}' is no {column}. Use {string.Join(", ", words.Select(one => one.Word))}.");
            return otherwise;
        }

        private DateTimeOffset? Until(CsvText.Row row, EnrollmentTarget target)
        {
            var text = Cell(row, "until");
            if (text.Length == 0) return null;
            if (!DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var until))
                Bad(row, $"'{text}' is no time. Write ISO 8601 in UTC, such as 2026-12-31 or 2026-12-31T18:00:00Z.");
            else if (target != EnrollmentTarget.Docker) Bad(row, "only the target docker has an end: leave until empty.");
            else if (until <= now) Bad(row, $"until {text} is over: give a later time, or leave the line out.");
            else return until;
            return null;
        }

        private string Cell(CsvText.Row row, string column) => columns.IndexOf(column) is >= 0 and var at ? CsvText.Plain(row.Cells[at].Trim()) : "";

        private CohortLine? Bad(CsvText.Row row, string sentence) => Bad<CohortLine>(row, sentence);

        private T? Bad<T>(CsvText.Row row, string sentence) where T : class
        {
            Problems.Add($"Line {row.Line}: {sentence}");
            return null;
        }
    }
}
