using System.Collections.Frozen;
using MigrationPortal.Domain.Readiness.Shell;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class SharedMemoryRule : ReadinessRule
{
    private static readonly FrozenSet<string> Browsers = FrozenSet.ToFrozenSet(
        ["chrome", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chromedriver", "cypress", "puppeteer", "playwright", "electron", "testcafe", "wdio", "webdriverio", "nightwatch", "protractor", "backstop", "lhci", "lighthouse", "geckodriver", "firefox", "selenium"],
        StringComparer.Ordinal);

    private static readonly string[] BrowserImages = ["cypress", "playwright", "puppeteer", "selenium", "chrome", "chromium", "browserless", "selenoid", "pytorch/"];

    private static readonly string[] Databases = ["postgres", "postgis", "timescale", "pgvector"];

    public override string Id => "R20";

    public override string Title => "shared memory";

    public override string Why => "/dev/shm of a pod is 64 MiB and cannot be changed by a job; browsers and databases need more.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "session deleted because of page crash";

    public override RuleSigns Signs { get; } = new() { Commands = [.. Browsers, "pytest", "robot", "torchrun", "accelerate"], Words = [.. Browsers, "ChromeHeadless", "--shm-size", "DataLoader"], Images = image => BrowserImages.Any(image.Says) || Databases.Any(image.Family.Contains) };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (profile.HasMount("/dev/shm")) yield break;
        foreach (var word in job.Words.Where(word => word.Text.StartsWith("--shm-size", StringComparison.Ordinal)))
            yield return At(job, word.Line, "It asks for more shared memory", Usual);
        if (job.Words.Any(word => word.Text.Contains("disable-dev-shm-usage", StringComparison.Ordinal))) yield break;
        var image = job.Images.FirstOrDefault(image => BrowserImages.Any(image.Says));
        if (image is not null) yield return At(job, image.Line, $"The image {image.Written} needs much of it", Usual);
        foreach (var command in job.Commands)
        {
            if (Browsers.Contains(command.Name) || (IsStarter(command) && command.Arguments.Any(IsBrowser))) yield return At(job, command.Line, $"{command.Name} {command.Command.Verb} starts a browser", Usual);
            else if (command.Name is "pytest" or "robot" && command.Arguments.Any(argument => argument.Contains("selenium", StringComparison.OrdinalIgnoreCase))) yield return At(job, command.Line, "The tests start a browser", Usual);
            else if (command.Name is "torchrun" or "accelerate") yield return At(job, command.Line, $"{command.Name} loads data by shared memory", Usual);
        }

        foreach (var variable in job.Variables.All.Where(variable => variable.Value.StartsWith('/') && Browsers.Contains(ShellWords.Base(variable.Value))))
            yield return At(job, variable.Line, $"{variable.Name} names a browser", Usual);
        foreach (var word in job.UsedWords.Where(word => word.Text.Contains("DataLoader", StringComparison.Ordinal)).Take(1))
            yield return At(job, word.Line, "PyTorch's DataLoader hands data over by shared memory", Usual);
        foreach (var service in job.Services.Where(service => Databases.Any(service.Image.Family.Contains)))
            yield return At(job, service.Line, $"{service.Image.Written} sorts large queries in shared memory, which docker gives no more of", Severity.Info);
    }

    private Finding At(JobView job, int line, string what, Severity severity) =>
        Found(job, severity, line, $"{what}, and /dev/shm has 64 MiB in a pod.", "Start the browser with --disable-dev-shm-usage, or ask for a runner with a memory volume at /dev/shm.");

    private static bool IsStarter(JobCommand command) => command.Name is "npx" or "pip" or "pip3" or "apt-get" or "apt" or "apk" or "npm" or "yarn" or "pnpm" or "bunx" or "xvfb-run" or "node" or "python" or "python3" or "bundle" or "ng";

    private static bool IsBrowser(string argument) =>
        Browsers.Contains(argument) || (argument.Split(':', '@')[0] is var word && Browsers.Contains(word)) || argument.Contains("ChromeHeadless", StringComparison.Ordinal);
}
