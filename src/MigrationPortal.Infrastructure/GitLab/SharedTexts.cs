using System.Text;
using System.Text.Json;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>
/// Texts that come again and again (names of jobs, refs, stages) are made once and not in each event. A place for each
/// hash, where whoever came last stays: nothing grows, and threads need not wait for each other.
/// </summary>
internal sealed class SharedTexts
{
    private const int Places = 4096;
    private const int Longest = 100;

    private readonly string?[] _places = new string?[Places];

    public string Read(ref Utf8JsonReader json)
    {
        var utf8 = json.ValueSpan;
        if (json.ValueIsEscaped || utf8.Length > Longest) return json.GetString()!;
        var hash = default(HashCode);
        hash.AddBytes(utf8);
        ref var place = ref _places[hash.ToHashCode() & (Places - 1)];
        return place is { } there && Ascii.Equals(utf8, there) ? there : place = json.GetString()!;
    }
}
