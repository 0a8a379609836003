using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Notices;

/// <summary>A text that admins can put into their own words.</summary>
/// <param name="Key">Stable, because stored.</param>
/// <param name="Title">What it is, for the list of texts.</param>
/// <param name="Usual">What it says unless somebody wrote another.</param>
/// <param name="Names">What may stand in braces.</param>
/// <param name="Longest">Characters.</param>
/// <param name="MayBeEmpty">Empty, it is not shown.</param>
public sealed partial record Wording(string Key, string Title, string Usual, IReadOnlyList<string> Names, int Longest, bool MayBeEmpty = false)
{
    public static readonly Wording InvitationSubject = new("invitation.subject", "Subject of an invitation", "You can try Kubernetes for {count} of your projects", ["count"], 160);

    public static readonly Wording InvitationText = new("invitation.text", "Text of an invitation",
        """
        Hello,

        our GitLab's CI jobs move from docker to Kubernetes runners. These projects of yours are invited to try it before everybody else:

        {projects}

        Please say yes or no on the page below. Nothing changes before you say yes, and you can go back by yourself at any time. Of those that say yes, half move a little later: that is how we see whether everything works as well as before.
        """, ["count", "projects"], 4000);

    public static readonly Wording OfferSubject = new("offer.subject", "Subject of mails about jobs that will fail", "CI jobs of {count} of your projects will fail on Kubernetes", ["count"], 160);

    public static readonly Wording OfferText = new("offer.text", "Text of mails about jobs that will fail",
        """
        Hello,

        CI jobs without tags will soon run on Kubernetes. As their CI files are, these jobs will fail there:

        {projects}

        The page below says for each job what to change. You can also stay on docker for a while with one click, or say that a job will work all the same.
        """, ["count", "projects"], 4000);

    public static readonly Wording StragglersSubject = new("stragglers.subject", "Subject of mails to those who are still on docker", "CI jobs of {count} of your projects still run on docker", ["count", "date"], 160);

    public static readonly Wording StragglersAsked = new("stragglers.asked", "First mail to those who are still on docker",
        """
        Hello,

        most CI jobs here run on Kubernetes by now. These projects still have jobs that run on docker:

        {projects}

        The docker runners end for them on {date}. Where it could be done for you, a merge request is open that changes the tags of these jobs and nothing else: please look at it and merge it. A change of one branch does not reach another one, nor a schedule of it.
        """, ["count", "projects", "date"], 4000);

    public static readonly Wording StragglersReminded = new("stragglers.reminded", "Second mail to those who are still on docker",
        """
        Hello,

        these projects still have CI jobs that run on docker, and nobody has answered yet:

        {projects}

        The docker runners end for them on {date}. Please merge what is open, or say on the page below what is in your way.
        """, ["count", "projects", "date"], 4000);

    public static readonly Wording StragglersFinal = new("stragglers.final", "Last mail to those who are still on docker",
        """
        Hello,

        on {date} the docker runners end for these projects. What still asks for them then finds no runner:

        {projects}

        If that must not happen, say so on the page below before that day.
        """, ["count", "projects", "date"], 4000);

    public static readonly Wording PinEndsSubject = new("pin-ends.subject", "Subject of mails to those whose time on docker ends", "Your time on docker ends on {date}", ["count", "date"], 160);

    public static readonly Wording PinEndsText = new("pin-ends.text", "Text of mails to those whose time on docker ends",
        """
        Hello,

        these projects of yours stay on docker for a while, because you or somebody else asked for it. That time ends:

        {projects}

        Then the change that keeps them there is taken out, and {then}. If that is too soon, ask those who run this GitLab for more time before that day. The page below shows what each project needs.
        """, ["count", "projects", "date", "then"], 4000);

    public static readonly Wording MyProjectsLead = new("my-projects.lead", "First sentence of My projects",
        "CI jobs move from docker to Kubernetes runners. You can try it, and go back, by yourself at any time.", [], 400);

    public static readonly Wording MyProjectsNote = new("my-projects.note", "A note of yours above everybody's projects", "", [], 600, MayBeEmpty: true);

    /// <summary>In the order of their page.</summary>
    public static IReadOnlyList<Wording> All { get; } = [InvitationSubject, InvitationText, OfferSubject, OfferText, StragglersSubject, StragglersAsked, StragglersReminded, StragglersFinal, PinEndsSubject, PinEndsText, MyProjectsLead, MyProjectsNote];

    /// <summary>Everything that is wrong with somebody's own words for it.</summary>
    public IEnumerable<string> Problems(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!MayBeEmpty && string.IsNullOrWhiteSpace(text)) yield return "It must say something. To have the usual words again, take yours back.";
        if (text.Length > Longest) yield return $"At most {Longest} characters; these are {text.Length}.";
        foreach (var name in Braces().Matches(text).Select(match => match.Groups[1].Value).Distinct().Where(name => !Names.Contains(name)))
            yield return Names.Count == 0 ? $"{{{name}}} means nothing here: this text has no braces." : $"{{{name}}} means nothing here. There is {string.Join(", ", Names.Select(one => $"{{{one}}}"))}.";
    }

    /// <summary>The words with their braces filled.</summary>
    /// <param name="own">By key: what admins wrote.</param>
    public string Say(IReadOnlyDictionary<string, string> own, params (string Name, string Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(own);
        var known = values.ToDictionary(one => one.Name, one => one.Value);
        // In one pass: a value may hold braces itself.
        return Braces().Replace(own.GetValueOrDefault(Key, Usual), match => known.GetValueOrDefault(match.Groups[1].Value, match.Value));
    }

    [GeneratedRegex(@"\{([a-zA-Z-]+)\}")]
    private static partial Regex Braces();
}

/// <summary>What admins wrote in their own words.</summary>
public interface IWordings
{
    /// <summary>By <see cref="Wording.Key"/>; what is not there says the usual.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancel);

    /// <param name="text">Null takes it back.</param>
    Task SaveAsync(string key, string? text, CancellationToken cancel);
}
