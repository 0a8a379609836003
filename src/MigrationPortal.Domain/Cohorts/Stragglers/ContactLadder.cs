using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>Who is asked, from those who know best to those who can only decide. Stored by name: never rename one.</summary>
public enum LadderRung
{
    /// <summary>Active members who committed to these branches lately.</summary>
    Committers,

    Maintainers,

    /// <summary>Owners of the project or of a group above it.</summary>
    Owners,

    /// <summary>Nobody of the project can be asked.</summary>
    Administrators,
}

/// <param name="Level">GitLab's number: 30 developer, 40 maintainer, 50 owner.</param>
/// <param name="Active">False for who is blocked, deactivated or has not taken up the membership.</param>
public sealed record LadderMember(UserId Id, string Username, int Level, bool Active);

/// <param name="People">Each once; whoever stands on an earlier rung is not repeated.</param>
public sealed record LadderStep(LadderRung Rung, IReadOnlyList<UserId> People);

/// <summary>
/// Recent committers who are members, else maintainers, else owners, else administrators; whoever does not answer is joined by
/// the next rung with each further mail (product.md, Cohorts and self-service). Pure.
/// </summary>
/// <param name="Steps">Rungs that somebody stands on; empty: only administrators are left.</param>
public sealed record ContactLadder(IReadOnlyList<LadderStep> Steps)
{
    private const int MostCommitters = 3;
    private const int MostOthers = 10;
    private const int Developer = 30;
    private const int Maintainer = 40;
    private const int Owner = 50;

    public LadderRung First => Steps is [var first, ..] ? first.Rung : LadderRung.Administrators;

    /// <param name="members">Inherited ones too.</param>
    /// <param name="committers">The last to commit first; also such as are no members.</param>
    public static ContactLadder Of(IEnumerable<LadderMember> members, IEnumerable<UserId> committers)
    {
        var able = members.Where(one => one.Active && one.Level >= Developer && !LadderBots.IsOne(one.Username)).GroupBy(one => one.Id).ToDictionary(one => one.Key, one => one.Max(way => way.Level));
        var taken = new HashSet<UserId>();
        LadderStep Step(LadderRung rung, IEnumerable<UserId> people, int most) => new(rung, [.. people.Where(taken.Add).Take(most)]);
        IEnumerable<UserId> Of(Func<int, bool> level) => able.Where(one => level(one.Value)).Select(one => one.Key).OrderBy(one => one.Number);
        LadderStep[] steps =
        [
            Step(LadderRung.Committers, committers.Where(able.ContainsKey), MostCommitters),
            Step(LadderRung.Maintainers, Of(level => level is >= Maintainer and < Owner), MostOthers),
            Step(LadderRung.Owners, Of(level => level >= Owner), MostOthers),
        ];
        return new([.. steps.Where(step => step.People.Count > 0)]);
    }

    /// <summary>Those who hear of a stage: one rung more with each.</summary>
    public IReadOnlyList<UserId> At(StragglerStage stage) => [.. Steps.Take(stage switch { StragglerStage.Asked => 1, StragglerStage.Reminded => 2, StragglerStage.FinalDate => 3, _ => 0 }).SelectMany(step => step.People)];
}

/// <summary>Accounts that nobody reads mail of. Members are listed without GitLab's own mark, so its naming of access tokens and service accounts has to do.</summary>
public static partial class LadderBots
{
    public static bool IsOne(string username) => Named().IsMatch(username);

    [System.Text.RegularExpressions.GeneratedRegex(@"^((project|group)_\d+_bot(_[0-9a-z]+)?|service_account_.+|ghost\d*|(support|alert|migration|security|admin|duo-code-review)[-_]bot\d*|GitLab-Admin-Bot|GitLabDuo)$", System.Text.RegularExpressions.RegexOptions.IgnoreCase | System.Text.RegularExpressions.RegexOptions.CultureInvariant)]
    private static partial System.Text.RegularExpressions.Regex Named();
}
