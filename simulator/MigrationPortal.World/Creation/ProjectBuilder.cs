using System.Collections.Immutable;

namespace MigrationPortal.World;

/// <summary>Projects with their repositories, settings, variables and protected refs.</summary>
internal sealed class ProjectBuilder(Engine engine, PeopleBuilder people)
{
    private static readonly string[] Nouns =
        ["atlas", "beacon", "catalog", "dispatch", "engine", "ferry", "gateway", "harbor", "index", "journal", "kiosk", "ledger", "monitor", "notifier", "orbit", "portal", "queue", "router", "search", "tracker"];

    private static readonly string[] Kinds = ["api", "web", "worker", "lib", "tools", "sdk", "agent", "ui", "jobs", "config"];

    public Dictionary<Project, CiShape> Shapes { get; } = [];

    public void Build()
    {
        engine.Directory.InstanceVariableList.Add(new CiVariable("RUNNER_TAG", "", Description: "Set to choose where template jobs run"));
        SetGroupVariable("legacy", "docker");
        SetGroupVariable("data/science", "linux,docker");
        var templates = Make("platform", "ci-templates", "CI templates");
        Fill(templates, CiShapes.TemplateFiles);
        Shapes.Add(templates, new CiShape("templates", 0, "", 0.2));
        for (var i = 1; i < engine.Options.Projects; i++)
        {
            Add(i);
        }
    }

    private void Add(int number)
    {
        var draw = new Draw(engine.Options.Seed, For.Project, number);
        var shape = First(number) ?? Pick(draw);
        var group = draw.Pick(engine.Directory.Groups.Where(g => g.Path != "sandbox" || number % 9 == 0).ToList(), 1);
        if (number == 1)
        {
            group = engine.Directory.FindGroup("web/storefront")!;
        }

        var path = $"{draw.Pick(Nouns, 2)}-{draw.Pick(Kinds, 3)}";
        if (engine.Directory.FindProject($"{group.FullPath}/{path}") is not null)
        {
            path += $"-{number}";
        }

        var project = Make(group.FullPath, path, string.Join(' ', path.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..])));
        project.CiConfigPath = shape.ConfigPath;
        var files = new Dictionary<string, string>(shape.MoreFiles)
        {
            ["README.md"] = $"# {project.Name}\n",
            ["Makefile"] = "build:\n\t./build.sh\ntest:\n\t./test.sh\n",
        };
        if (shape.Yaml.Length > 0)
        {
            files[".gitlab-ci.yml"] = shape.Yaml;
        }

        Fill(project, files);
        if (First(number) is null)
        {
            project.CiEnabled = draw.Unit(4) >= 0.03;
            project.Archived = draw.Unit(5) < 0.03;
            project.SharedRunnersEnabled = true;
            if (shape.Name == "shared-template" && draw.Unit(6) < 0.15)
            {
                project.VariableList.Add(new CiVariable("RUNNER_TAG", "docker"));
            }
        }

        Shapes.Add(project, shape);
    }

    /// <summary>Every kind once in a large world; the telling ones in a small one.</summary>
    private CiShape? First(int number) => engine.Options.Projects > CiShapes.All.Count
        ? number <= CiShapes.All.Count ? CiShapes.All[number - 1] : null
        : number <= CiShapes.InSmallWorlds.Count ? CiShapes.InSmallWorlds[number - 1] : CiShapes.All[0];

    private CiShape Pick(Draw draw)
    {
        var shapes = engine.Options.IsQa ? CiShapes.InSmallWorlds : CiShapes.All;
        var at = draw.Unit(10) * shapes.Sum(s => s.Weight);
        foreach (var shape in shapes)
        {
            at -= shape.Weight;
            if (at < 0)
            {
                return shape;
            }
        }

        return CiShapes.All[0];
    }

    private Project Make(string groupPath, string path, string name)
    {
        var id = 1000 + engine.Directory.Projects.Count;
        var draw = new Draw(engine.Options.Seed, For.Project, id);
        var created = WorldTime.From(engine.NowMs).AddDays(-30 - draw.Below(300, 1));
        var project = new Project
        {
            Id = id,
            Name = name,
            Path = path,
            Namespace = engine.Directory.FindGroup(groupPath)!,
            Visibility = draw.Unit(2) < 0.3 ? Visibility.Private : Visibility.Internal,
            DefaultBranch = draw.Unit(3) < 0.2 ? "master" : "main",
            BuildTimeout = draw.Unit(4) < 0.1 ? 10_800 : 3600,
            CreatedAt = created,
            LastActivityAt = created,
        };
        project.ProtectedBranchList.Add(new ProtectedRef(id * 10, project.DefaultBranch, AccessLevel.Maintainer, AccessLevel.Maintainer));
        project.ProtectedBranchList.Add(new ProtectedRef((id * 10) + 1, "release/*", AccessLevel.Maintainer, AccessLevel.Maintainer));
        if (draw.Unit(5) < 0.5)
        {
            project.ProtectedTagList.Add(new ProtectedRef((id * 10) + 2, "v*", AccessLevel.Maintainer, AccessLevel.Maintainer));
        }

        engine.Directory.Add(project);
        return project;
    }

    private void Fill(Project project, IReadOnlyDictionary<string, string> files)
    {
        var author = people.Named("tomas");
        var sha = engine.Repositories.NextSha();
        var branch = engine.Repositories.Fork(project, project.DefaultBranch, null);
        var tree = files.Aggregate(
            ImmutableSortedDictionary.Create<string, FileEntry>(StringComparer.Ordinal),
            (all, file) => all.Add(file.Key, FileActions.Entry(file.Key, file.Value, sha)));
        engine.Repositories.Move(
            project, branch, tree, new Commit(sha, null, "First commit", "First commit\n", author.Name, author.Email, project.CreatedAt));
    }

    private void SetGroupVariable(string path, string value) =>
        engine.Directory.FindGroup(path)!.VariableList.Add(new CiVariable("RUNNER_TAG", value));
}
