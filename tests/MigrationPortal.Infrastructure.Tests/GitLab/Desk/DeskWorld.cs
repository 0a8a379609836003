using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Simulator;
using MigrationPortal.World;
using Project = MigrationPortal.World.Project;

namespace MigrationPortal.Infrastructure.Tests.GitLab.Desk;

/// <summary>The real client stack against the simulator over HTTP, without a database: the people of one private project.</summary>
public sealed class DeskWorld : IAsyncLifetime
{
    public static readonly InstanceId Production = new("production");

    private ServiceProvider _services = null!;

    public SimulatorHost GitLab { get; private set; } = null!;

    internal FaultyWire Wire { get; } = new(7);

    internal StubGitLab.MemoryBudget Budget { get; } = new();

    /// <summary>Private, with a CI file, a maintainer and a developer.</summary>
    public ProjectId Project { get; private set; }

    public User Mia { get; private set; } = null!;

    /// <summary>Maintains the project.</summary>
    public PersonToken Maintainer { get; private set; } = null!;

    public PersonToken Developer { get; private set; } = null!;

    /// <summary>Does not see the project.</summary>
    public PersonToken Stranger { get; private set; } = null!;

    /// <summary>Owns the project's group.</summary>
    public PersonToken Owner { get; private set; } = null!;

    public GroupId Group { get; private set; }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public T World<T>(Func<GitLabWorld, T> read) => GitLab.Production.Do(read);

    public async ValueTask InitializeAsync()
    {
        GitLab = await SimulatorHost.StartAsync(SimulatorHost.ForTests());
        _services = Build(writes: true);
        var (project, people) = World(Choose);
        Project = new ProjectId(Production, project.Id);
        Group = new GroupId(Production, project.Namespace.Id);
        Mia = people[0];
        (Maintainer, Developer, Stranger, Owner) = (Of(people[0]), Of(people[1]), Of(people[2]), Of(people[3]));
    }

    public ServiceProvider Build(bool writes)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Portal:GitLab:Instances:0:Name"] = Production.Name,
            ["Portal:GitLab:Instances:0:Url"] = GitLab.Address.ToString(),
            ["Portal:GitLab:Instances:0:ReadToken"] = GitLab.ReadToken,
            ["Portal:GitLab:Instances:0:WriteToken"] = writes ? GitLab.AdminToken : null,
        };
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics();
        services.AddSingleton<TimeProvider>(new ScaledTime(20));
        services.AddSingleton<IBudgetStore>(Budget);
        services.AddSingleton<IFleetStore, NoFleetYet>();
        services.AddPortalGitLab(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        foreach (var channel in new[] { "Monitoring", "Looking", "Changing", "Person" })
            services.AddHttpClient(GitLabClients.HttpName(Production, channel)).ConfigurePrimaryHttpMessageHandler(() => Wire).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services.BuildServiceProvider();
    }

    public PersonToken Of(User user) => new(GitLab.TokenOf(user));

    public async Task<PersonToken> WithScopesAsync(User user, params string[] scopes)
    {
        using var http = new HttpClient { BaseAddress = GitLab.Address };
        using var answer = await http.PostAsJsonAsync("/_sim/tokens", new { username = user.Username, scopes });
        return new PersonToken((await answer.Content.ReadFromJsonAsync<JsonNode>())!["token"]!.GetValue<string>());
    }

    public static T Done<T>(Outcome<T> outcome) => outcome.Match(done => done, no => throw new InvalidOperationException($"{no.Code}: {string.Join(' ', no.Reasons)}"));

    public static Domain.Shared.Refusal Refused<T>(Outcome<T> outcome) => outcome.Match(done => throw new InvalidOperationException($"Not refused: {done}"), no => no);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await GitLab.DisposeAsync();
    }

    private static (Project Project, User[] People) Choose(GitLabWorld world)
    {
        foreach (var project in world.Directory.Projects.Where(one => one is { Visibility: Visibility.Private, Archived: false, CiEnabled: true, CiConfigPath: null, Repository.Branches.Count: > 0 }))
        {
            User? With(Func<AccessLevel, bool> level) => world.Directory.Users.FirstOrDefault(user =>
                user is { IsAdmin: false, State: UserState.Active } && level(world.Directory.AccessTo(user, project)));
            var owner = world.Directory.Users.FirstOrDefault(user =>
                user is { IsAdmin: false, State: UserState.Active } && world.Directory.AccessTo(user, project.Namespace) == AccessLevel.Owner);
            if (world.Code.FindFile(project, null, ".gitlab-ci.yml") is not null && owner is not null
                && With(level => level is AccessLevel.Maintainer or AccessLevel.Owner) is { } maintainer
                && With(level => level == AccessLevel.Developer) is { } developer
                && With(level => level == AccessLevel.None) is { } stranger)
                return (project, [maintainer, developer, stranger, owner]);
        }

        throw new InvalidOperationException("The world has no such project.");
    }
}
