namespace MigrationPortal.World;

/// <summary>Users and groups with their memberships. The first users are the demo accounts.</summary>
internal sealed class PeopleBuilder(Engine engine)
{
    private static readonly (string Username, string Name, bool Admin)[] Known =
    [
        ("mara", "Mara Lindqvist", true), ("tomas", "Tomas Weber", true), ("sanjay", "Sanjay Iyer", false),
        ("elena", "Elena Petrova", false), ("jun", "Jun Park", false), ("amara", "Amara Okafor", false),
        ("lucas", "Lucas Moreau", false), ("olga", "Olga Novak", false),
    ];

    private static readonly string[] First =
        ["Ada", "Ben", "Chiara", "Dario", "Emil", "Freya", "Goran", "Hana", "Ines", "Jonas", "Kaito", "Lena", "Milo", "Nadia", "Omar", "Pia", "Quinn", "Rosa", "Sven", "Tara"];

    private static readonly string[] Last =
        ["Adler", "Bianchi", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen", "Ivanov", "Jansen", "Kowalski", "Larsen", "Meyer", "Nielsen", "Olsen", "Petit", "Rossi", "Silva", "Tanaka", "Vogel"];

    private static readonly (string Path, string Name, string[] Children)[] Tree =
    [
        ("platform", "Platform", []), ("web", "Web", ["storefront", "accounts"]), ("data", "Data", ["pipelines", "science"]),
        ("mobile", "Mobile", []), ("infra", "Infrastructure", ["network", "images"]), ("research", "Research", ["simulation"]),
        ("legacy", "Legacy", []), ("embedded", "Embedded", []), ("sandbox", "Sandbox", []),
    ];

    public void Build()
    {
        var created = WorldTime.From(engine.NowMs).AddDays(-400);
        for (var id = 1; id <= Math.Max(engine.Options.Users, Known.Length); id++)
        {
            engine.Directory.Add(id <= Known.Length ? Demo(id, created) : Somebody(id, created));
        }

        foreach (var (path, name, children) in Tree)
        {
            var group = Add(null, path, name, created);
            foreach (var child in children)
            {
                Add(group, child, char.ToUpperInvariant(child[0]) + child[1..], created);
            }
        }

        foreach (var group in engine.Directory.Groups)
        {
            Populate(group);
        }
    }

    public User Named(string username) => engine.Directory.FindUser(username)!;

    private static User Demo(int id, DateTimeOffset created) => new()
    {
        Id = id,
        Username = Known[id - 1].Username,
        Name = Known[id - 1].Name,
        Email = $"{Known[id - 1].Username}@example.org",
        IsAdmin = Known[id - 1].Admin,
        State = Known[id - 1].Username == "olga" ? UserState.Blocked : UserState.Active,
        CreatedAt = created,
    };

    private User Somebody(int id, DateTimeOffset created)
    {
        var draw = new Draw(engine.Options.Seed, For.User, id);
        var (first, last) = (draw.Pick(First), draw.Pick(Last, 1));
        var username = $"{char.ToLowerInvariant(first[0])}{last.ToLowerInvariant()}{id}";
        return new User
        {
            Id = id,
            Username = username,
            Name = $"{first} {last}",
            Email = $"{username}@example.org",
            State = draw.Unit(2) < 0.04 ? UserState.Blocked : UserState.Active,
            CreatedAt = created.AddDays(draw.Below(390, 3)),
        };
    }

    private Group Add(Group? parent, string path, string name, DateTimeOffset created)
    {
        var group = new Group { Id = 100 + engine.Directory.Groups.Count, Parent = parent, Path = path, Name = name, CreatedAt = created };
        engine.Directory.Add(group);
        return group;
    }

    private void Populate(Group group)
    {
        var draw = new Draw(engine.Options.Seed, For.Group, group.Id);
        var people = engine.Directory.Users.Skip(Known.Length).ToList();
        var size = people.Count / 8;
        for (var i = 0; i < size; i++)
        {
            var level = i == 0 ? AccessLevel.Owner : i <= 2 ? AccessLevel.Maintainer : i < size - 1 ? AccessLevel.Developer : AccessLevel.Reporter;
            engine.Directory.Join(draw.Pick(people, i), group, level);
        }

        foreach (var (username, level) in KnownIn(group.FullPath))
        {
            engine.Directory.Join(Named(username), group, level);
        }
    }

    private static (string, AccessLevel)[] KnownIn(string path) => path switch
    {
        "platform" => [("mara", AccessLevel.Owner), ("tomas", AccessLevel.Maintainer)],
        "web" => [("elena", AccessLevel.Owner), ("jun", AccessLevel.Developer)],
        "web/storefront" => [("sanjay", AccessLevel.Maintainer)],
        "data" => [("amara", AccessLevel.Maintainer), ("lucas", AccessLevel.Developer)],
        "infra" => [("sanjay", AccessLevel.Developer), ("olga", AccessLevel.Developer)],
        _ => [],
    };
}
