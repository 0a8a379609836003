using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Readiness.Shell;

namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// The signs of all rules turned round: from a command's name or a part of a word to the rules that look for it. A set of
/// rules is one number, with a bit for each rule by its place in <see cref="ReadinessRules.All"/>; the last bit stands for all that have no signs.
/// </summary>
internal sealed class RuleIndex
{
    /// <summary>Rules that are asked about every job.</summary>
    private const ulong EveryJob = 1UL << 63;

    public static readonly RuleIndex Default = new(ReadinessRules.All);

    private readonly FrozenDictionary<string, ulong> _commands;
    private readonly SearchValues<string> _words;
    private readonly FrozenDictionary<char, (string Word, ulong Rules)[]> _byFirst;
    private readonly (Func<ImageName, bool> Sees, ulong Rules)[] _images;
    private readonly (Func<RunnerProfile, bool> Sees, ulong Rules)[] _profiles;
    private readonly FrozenDictionary<string, ulong> _places;

    private RuleIndex(IReadOnlyList<ReadinessRule> rules)
    {
        if (rules.Count > 63) throw new ArgumentOutOfRangeException(nameof(rules), "A set of rules is a number of 64 bits.");
        var all = rules.Select((rule, place) => (rule.Id, rule.Signs, Bit: 1UL << place)).ToList();
        var signs = all.Where(one => one.Signs is not null).Select(one => (Signs: one.Signs!, one.Bit)).ToList();
        _places = all.ToFrozenDictionary(one => one.Id, one => one.Bit, StringComparer.Ordinal);
        _commands = Turned(signs.SelectMany(one => one.Signs.Commands.Select(name => (name, one.Bit)))).ToFrozenDictionary(StringComparer.Ordinal);
        var words = Turned(signs.SelectMany(one => one.Signs.Words.Select(word => (word, one.Bit))));
        _words = SearchValues.Create([.. words.Keys], StringComparison.Ordinal);
        _byFirst = words.GroupBy(one => one.Key[0]).ToFrozenDictionary(group => group.Key, group => group.Select(one => (one.Key, one.Value)).ToArray());
        _images = [.. signs.Where(one => one.Signs.Images is not null).Select(one => (one.Signs.Images!, one.Bit))];
        _profiles = [.. signs.Where(one => one.Signs.EveryJobWhen is not null).Select(one => (one.Signs.EveryJobWhen!, one.Bit))];
        ImageOptions = Union(signs.Where(one => one.Signs.ImageOptions));
        Services = Union(signs.Where(one => one.Signs.Services));
        Background = Union(signs.Where(one => one.Signs.Background));
    }

    /// <summary>Rules that look for what <see cref="RuleSigns"/> calls so.</summary>
    public ulong ImageOptions { get; }

    public ulong Services { get; }

    private ulong Background { get; }

    public ulong Of(ReadinessRule rule) => rule.Signs is not null && _places.TryGetValue(rule.Id, out var bit) ? bit : EveryJob;

    /// <summary>Rules that are asked about every job of a runner like this.</summary>
    public ulong Of(RunnerProfile profile)
    {
        var rules = EveryJob;
        foreach (var (sees, bit) in _profiles) if (sees(profile)) rules |= bit;
        return rules;
    }

    public ulong Of(ImageName image)
    {
        ulong rules = 0;
        foreach (var (sees, bit) in _images) if (sees(image)) rules |= bit;
        return rules;
    }

    /// <param name="text">Taken for the words, and emptied.</param>
    public ulong Of(ShellScript script, StringBuilder text)
    {
        ulong rules = 0;
        text.Append(RuleSigns.Edge);
        foreach (var command in script.Commands)
        {
            if (_commands.TryGetValue(command.Name, out var known)) rules |= known;
            if (command.InBackground) rules |= Background;
            if (command.Written.Contains('/', StringComparison.Ordinal)) Add(text, command.Written);
            foreach (var argument in command.Arguments) Add(text, argument);
            foreach (var (name, value) in command.Assignments) Add(Add(text, name), value);
            foreach (var redirect in command.Redirects) Add(text, redirect.Target);
        }

        return rules | Find(text);
    }

    public ulong Of(CiVariables variables, StringBuilder text)
    {
        if (!variables.Any) return 0;
        text.Append(RuleSigns.Edge);
        foreach (var one in variables.All) Add(Add(text, one.Name), one.Value);
        return Find(text);
    }

    public ulong Of(IReadOnlyDictionary<string, CiSetting> variables, StringBuilder text)
    {
        if (variables.Count == 0) return 0;
        text.Append(RuleSigns.Edge);
        foreach (var (name, setting) in variables) Add(Add(text, name), setting.Value);
        return Find(text);
    }

    private static StringBuilder Add(StringBuilder text, string word) => text.Append(word).Append(RuleSigns.Edge);

    private ulong Find(StringBuilder text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(0, buffer, text.Length);
        var left = buffer.AsSpan(0, text.Length);
        text.Clear();
        ulong rules = 0;
        while (left.IndexOfAny(_words) is var at and >= 0)
        {
            left = left[at..];
            foreach (var (word, bits) in _byFirst[left[0]])
                if (left.StartsWith(word, StringComparison.Ordinal)) rules |= bits;
            left = left[1..];
        }

        ArrayPool<char>.Shared.Return(buffer);
        return rules;
    }

    private static Dictionary<string, ulong> Turned(IEnumerable<(string Sign, ulong Bit)> signs) =>
        signs.GroupBy(one => one.Sign, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Aggregate(0UL, (rules, one) => rules | one.Bit), StringComparer.Ordinal);

    private static ulong Union(IEnumerable<(RuleSigns Signs, ulong Bit)> rules) => rules.Aggregate(0UL, (all, one) => all | one.Bit);
}
