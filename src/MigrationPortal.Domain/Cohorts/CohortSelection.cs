namespace MigrationPortal.Domain.Cohorts;

/// <summary>What a cohort of a size holds.</summary>
/// <param name="Kept">Members that stay, in the order in which they came in.</param>
/// <param name="Added">After them, in the order in which they come in.</param>
/// <param name="Removed">Last in, first out.</param>
/// <param name="Capped">Eligible projects that were passed over because a group of theirs was full.</param>
public sealed record CohortDraw(IReadOnlyList<Member> Kept, IReadOnlyList<Member> Added, IReadOnlyList<Member> Removed, int Capped)
{
    public IEnumerable<Member> Members => Kept.Concat(Added);
}

/// <summary>
/// Which projects a cohort holds: deterministic, sticky, and open to recomputation by anyone who knows the seed. Pure.
/// <para>
/// Projects come in one at a time. The next one is of the stratum whose (2·taken + 1) / size is lowest (the divisor method of
/// Webster and Sainte-Laguë; of equals the less busy one), and in it the project with the lowest <see cref="KeyedHash.Draw"/>
/// number (permanent random numbers: Ohlsson 1995; of equals the lower project number) none of whose groups is full. Divisor
/// methods are house-monotone (Balinski and Young 1982), largest remainders are not: so a remainder never makes a bigger
/// cohort drop somebody whom a smaller one held, and a cohort is the begin of every bigger one.
/// </para>
/// <para>
/// Members stay whatever becomes of them and of the candidates: they count with the stratum and groups of their entry. Only a
/// smaller size removes, and the last in first. A group that is over its cap, because that was lowered, keeps its members.
/// </para>
/// </summary>
public static class CohortSelection
{
    /// <summary>How many projects a share of the eligible ones is: rounded up, so that any share holds one.</summary>
    /// <param name="percent">0 to 100.</param>
    public static int SizeOf(decimal percent, int eligible) => (int)decimal.Ceiling(percent * eligible / 100);

    /// <summary>Those that may be taken and those that are in: what a share is of.</summary>
    public static int Eligible(IEnumerable<Candidate> candidates, IReadOnlyList<Member> members)
    {
        var taken = members.Select(member => member.Project).ToHashSet();
        return taken.Count + candidates.Count(one => one.Exclusion is null && !taken.Contains(one.Project));
    }

    /// <param name="members">In the order in which they came in.</param>
    /// <param name="size">0 or more; fewer are held when no more can be taken.</param>
    public static CohortDraw Of(string seed, IEnumerable<Candidate> candidates, IReadOnlyList<Member> members, int size, GroupCaps caps)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(caps);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (size <= members.Count) return new CohortDraw([.. members.Take(size)], [], [.. members.Skip(size).Reverse()], 0);

        var taken = members.Select(member => member.Project).ToHashSet();
        var open = candidates.Where(one => one.Exclusion is null && !taken.Contains(one.Project))
            .Select(one => (Member: new Member(one.Project, one.Stratum, one.Groups), Hash: KeyedHash.Of(seed, KeyedHash.Draw, one.Project)))
            .GroupBy(one => one.Member.Stratum)
            .ToDictionary(stratum => stratum.Key, stratum => stratum.OrderBy(one => one.Hash).ThenBy(one => one.Member.Project.Number).Select(one => one.Member).ToArray());
        var strata = Enum.GetValues<ActivityStratum>()
            .Select(stratum => new Stratum(members.Count(member => member.Stratum == stratum), open.GetValueOrDefault(stratum) ?? [])).ToArray();
        var groups = new GroupCounts(caps, members);
        var added = new List<Member>();
        while (members.Count + added.Count < size && strata.Where(stratum => stratum.MoveToNext(groups)).Aggregate((Stratum?)null, Stratum.Sooner) is { } next)
        {
            added.Add(next.Take());
            groups.Add(added[^1]);
        }

        return new CohortDraw(members, added, [], strata.Sum(stratum => stratum.PassedOver));
    }

    private sealed class Stratum(int members, Member[] open)
    {
        private readonly long _size = members + open.Length;
        private long _taken = members;
        private int _at;

        public int PassedOver { get; private set; }

        public bool MoveToNext(GroupCounts groups)
        {
            for (; _at < open.Length && groups.IsFull(open[_at]); _at++) PassedOver++;
            return _at < open.Length;
        }

        public Member Take()
        {
            _taken++;
            return open[_at++];
        }

        // Cross-multiplied, so that no rounding decides.
        public static Stratum Sooner(Stratum? best, Stratum other) =>
            best is not null && ((2 * best._taken) + 1) * other._size <= ((2 * other._taken) + 1) * best._size ? best : other;
    }

    private sealed class GroupCounts
    {
        private readonly GroupCaps _caps;
        private readonly Dictionary<long, int> _counts = [];

        public GroupCounts(GroupCaps caps, IReadOnlyList<Member> members)
        {
            _caps = caps;
            foreach (var member in members) Add(member);
        }

        public bool IsFull(Member member) => member.Groups.Any(group => _caps.Of(group) is { } cap && _counts.GetValueOrDefault(group) >= cap);

        public void Add(Member member)
        {
            foreach (var group in member.Groups) _counts[group] = _counts.GetValueOrDefault(group) + 1;
        }
    }
}
