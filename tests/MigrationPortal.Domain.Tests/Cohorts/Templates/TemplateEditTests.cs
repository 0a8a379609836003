using CsCheck;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Templates;

public sealed class TemplateEditTests
{
    private const string Path = "templates/app.yml";
    private const string ByDefault = "# who runs where\ndefault:\n  tags: [docker]\nbuild:\n  script: [make]\nlint:\n  script: [make lint]\n";
    private const string ByHidden = ".linux:\n  tags: [docker]   # all of them\n  image: debian\nbuild:\n  extends: .linux\n  script: [make]\n";

    private static readonly MoveTags Tags = new("k8s-default", "docker-fallback", new Dictionary<string, string?> { ["docker"] = "k8s-default", ["gpu"] = null }, new HashSet<string>());

    [Fact]
    public void Default_OfAllReadyJobs_IsChangedOnce_ForJobsThatTheTemplateDoesNotKnowToo()
    {
        var plan = Of(ByDefault, View(1, ByDefault, Job("build"), Job("lint")), View(2, ByDefault + "own:\n  script: [x]\n", Job("build"), Job("lint"), Job("own")));

        Text(plan).ShouldBe(ByDefault.Replace("tags: [docker]", "tags: [k8s-default]", StringComparison.Ordinal));
        plan.Moving.ShouldBe(5);
    }

    [Fact]
    public void Hidden_ThatOthersExtend_IsChangedForThemToo()
    {
        var plan = Of(ByHidden, View(1, ByHidden + "own:\n  extends: .linux\n  tags: [docker]\n", Job("build")),
            View(2, ".linux:\n  tags: [docker]\nbuild:\n  extends: .linux\n  tags: [docker]\nmine:\n  extends: .linux\n  tags: [docker]\n", Job("build"), Job("mine")));

        Text(plan).ShouldBe(ByHidden.Replace("[docker]", "[k8s-default]", StringComparison.Ordinal));
    }

    [Fact]
    public void JobBlockedInOneProject_KeepsItsTagsForAll()
    {
        var plan = Of(ByDefault, View(1, ByDefault, Job("build"), Job("lint")), View(2, ByDefault, Job("build"), Job("lint")) with { Blocked = new HashSet<string> { "lint" } });

        plan.Projects[0].Jobs.Single(job => job.Name == "lint").ShouldSatisfyAllConditions(job => job.Kind.ShouldBe(TemplateJobKind.Stays), job => job.Why!.ShouldNotContain("p2"));
        plan.Projects[1].Jobs.Single(job => job.Name == "lint").Why!.ShouldContain("will not work on Kubernetes");
        var (build, lint) = After(plan, ["build", "lint"]);
        (build, lint).ShouldBe(("k8s-default", "docker"));
    }

    [Fact]
    public void JobOfAProjectThatIsNotReady_HoldsBackWhatItSharesWithIt_AndNothingElse()
    {
        var plan = Of(ByDefault, View(1, ByDefault, Job("build"), Job("lint")), View(2, ByDefault + "own:\n  script: [x]\n", Job("build"), Job("lint"), Job("own")) with { Blocked = new HashSet<string> { "own" } });

        plan.Projects[1].Jobs.Single(job => job.Name == "own").Kind.ShouldBe(TemplateJobKind.Stays);
        // The default stays for it; the template's own jobs get tags of their own.
        Text(plan).ShouldContain("default:\n  tags: [docker]");
        After(plan, ["build", "lint"]).ShouldBe(("k8s-default", "k8s-default"));
    }

    [Fact]
    public void JobsThatShare_MoveTogetherOrNotAtAll()
    {
        var hidden = ".linux:\n  tags: [docker]\n";
        var view = View(1, hidden + "a:\n  extends: .linux\n  tags: [docker]\nb:\n  extends: .linux\n  tags: [docker]\n", Job("a"), Job("b"));

        Text(Of(hidden, view)).ShouldBe(".linux:\n  tags: [k8s-default]\n");
        var held = Of(hidden, view with { Blocked = new HashSet<string> { "b" } });
        held.IsOffered.ShouldBeFalse();
        held.Projects[0].Jobs.Single(job => job.Name == "a").Why!.ShouldContain("shares the tags of .linux with b");
    }

    [Fact]
    public void JobsWithoutTags_OfTheTemplate_GetThem_AndOthersOfTheProjectDoNot()
    {
        var text = "build:\n  script: [make]\n";
        var plan = Of(text, View(1, text + "own:\n  script: [x]\n", Job("build", ""), Job("own", "")));

        plan.Projects[0].Jobs.ShouldHaveSingleItem().Name.ShouldBe("build");
        Text(plan).ShouldBe("build:\n  tags: [k8s-default]\n  script: [make]\n");
    }

    [Theory]
    [InlineData("$RUNNER_TAG", "variable")]
    [InlineData("gpu", "no counterpart")]
    [InlineData("k8s-default", "there already")]
    public void Tags_ThatCannotMove_AreSaid(string tag, string words)
    {
        var text = $"build:\n  tags: [{tag}]\n  script: [make]\n";
        var plan = Of(text, View(1, text, Job("build", tag)));

        plan.IsOffered.ShouldBeFalse();
        string.Join(" ", plan.Reasons).ShouldContain(words);
    }

    [Fact]
    public void ProjectThatOverrides_IsNotTouched_AndInNobodysWay()
    {
        var plan = Of(ByDefault, View(1, ByDefault, Job("build"), Job("lint")), View(2, "default:\n  tags: [gpu]\nbuild:\n  tags: [gpu]\n  script: [make]\nlint:\n  script: [make lint]\n", Job("build", "gpu"), Job("lint", "gpu")) with { Blocked = new HashSet<string> { "build" } });

        plan.Projects[1].Jobs.ShouldBeEmpty();
        Text(plan).ShouldContain("tags: [k8s-default]");
    }

    [Fact]
    public void NotServed_IsNotMoved() =>
        Of(ByDefault, View(1, ByDefault, Job("build"), Job("lint")) with { Served = _ => false }).IsOffered.ShouldBeFalse();

    [Fact]
    public void Edit_TakenBack_IsTheTextBefore()
    {
        var edit = Of(ByDefault, View(1, ByDefault, Job("build"), Job("lint"))).Edit!;

        var back = UndoCiTags.Apply(edit, new CiFiles(Path, edit.After)).ShouldBeOfType<CiEdit.Edited>();
        back.Texts[Path].ShouldBe(ByDefault);
    }

    /// <summary>Whatever is blocked where: no blocked job moves in any project, and a job has the same fate in all.</summary>
    [Fact]
    public void AnyProjects_KeepThePromises()
    {
        string[] names = ["build", "lint", "own"];
        Gen.Select(Gen.Bool, Gen.Bool.Array[3], Gen.Bool).List[1, 4].Sample(projects =>
        {
            var views = projects.Select((one, at) =>
            {
                var view = View(at + 1, ByDefault + (one.Item1 ? "own:\n  script: [x]\n" : ""), [.. names.Where(name => name != "own" || one.Item1).Select(name => Job(name))]);
                return view with { Blocked = names.Where((_, number) => one.Item2[number] && one.Item3).ToHashSet() };
            }).ToArray();
            var plan = Of(ByDefault, views);
            foreach (var (view, told) in views.Zip(plan.Projects))
                told.Jobs.Where(job => job.Kind == TemplateJobKind.Moves).ShouldAllBe(job => !view.Blocked.Contains(job.Name));
            foreach (var same in plan.Projects.SelectMany(one => one.Jobs).Where(job => job.Name != "own").GroupBy(job => job.Name)) same.Select(job => job.Kind).Distinct().Count().ShouldBe(1);
            if (plan.Edit is null) return;
            var (build, lint) = After(plan, ["build", "lint"]);
            (build == "k8s-default").ShouldBe(plan.Projects.SelectMany(one => one.Jobs).Any(job => job is { Name: "build", Kind: TemplateJobKind.Moves }));
            (lint == "k8s-default").ShouldBe(plan.Projects.SelectMany(one => one.Jobs).Any(job => job is { Name: "lint", Kind: TemplateJobKind.Moves }));
        });
    }

    private static TemplatePlan Of(string text, params TemplateView[] views) => TemplateEdit.Of(Path, text, views, Tags);

    private static string Text(TemplatePlan plan) => plan.Edit.ShouldNotBeNull(string.Join(" ", plan.Reasons)).After[Path];

    /// <summary>What two jobs of the edited template have, read anew.</summary>
    private static (string, string) After(TemplatePlan plan, string[] names)
    {
        var jobs = CiConfiguration.Read(Text(plan)).Jobs;
        var tags = names.Select(name => string.Join(',', jobs.Single(job => job.Name == name).Tags)).ToList();
        return (tags[0], tags[1]);
    }

    private static LintedJob Job(string name, string tag = "docker") => new(name, "test", tag.Length == 0 ? [] : [tag], null);

    private static TemplateView View(long number, string merged, params LintedJob[] jobs) => new(
        new ProjectId(new InstanceId("production"), number), $"g/p{number}", new CiLint(true, [], [], merged, [], jobs), new HashSet<string>(), set => set == TagSet.Of("k8s-default"));
}
