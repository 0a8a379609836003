using Bunit;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class LoadedTests : IAsyncDisposable
{
    private readonly KitContext kit = new();
    private readonly Queue<TaskCompletionSource<string>> answers = new();
    private int reads;

    [Fact]
    public async Task Content_ComesAfterASkeleton_AndStaysWhileANewQuestionIsRead()
    {
        var part = Render("one");
        part.Find("[aria-busy=true]");
        part.Markup.ShouldContain("Reading rates");

        await AnswerAsync(part, "first");
        part.Markup.ShouldContain("first");
        Ask(part, "two", 0);
        part.Find(".loaded").ClassList.ShouldContain("stale");
        part.Markup.ShouldContain("first");
        await AnswerAsync(part, "second");
        part.Markup.ShouldContain("second");
        part.Find(".loaded").ClassList.ShouldNotContain("stale");
    }

    [Fact]
    public async Task LateAnswer_OfAnOlderQuestion_IsNotShown()
    {
        var part = Render("one");
        var late = answers.Dequeue();
        Ask(part, "two", 0);
        await AnswerAsync(part, "second");

        await part.InvokeAsync(() => late.SetResult("first"));

        part.Markup.ShouldContain("second");
    }

    [Fact]
    public async Task Changes_WaitWhileThePointerIsInside()
    {
        var part = Render("one");
        await AnswerAsync(part, "first");

        await part.Find(".loaded").MouseEnterAsync();
        Ask(part, "one", 1);
        reads.ShouldBe(1);
        await part.Find(".loaded").MouseLeaveAsync();

        reads.ShouldBe(2);
    }

    [Fact]
    public async Task Changes_SoSoonAfterALongReading_AreNotReadYet()
    {
        var part = Render("one");
        kit.Time.Advance(TimeSpan.FromSeconds(1));
        await AnswerAsync(part, "first");

        Ask(part, "one", 1);
        reads.ShouldBe(1);
        kit.Time.Advance(TimeSpan.FromSeconds(20));
        Ask(part, "one", 2);

        reads.ShouldBe(2);
    }

    [Fact]
    public async Task Fault_IsSaidInItsPlace_AndReadAgainOnRequest()
    {
        var part = Render("one");
        await part.InvokeAsync(() => answers.Dequeue().SetException(new TimeoutException("It took too long.")));
        part.Markup.ShouldContain("Rates could not be read");
        part.Markup.ShouldContain("It took too long.");

        await part.Find("button").ClickAsync();
        await AnswerAsync(part, "again");

        part.Markup.ShouldContain("again");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private Task<string> ReadAsync(CancellationToken cancel)
    {
        reads++;
        var answer = new TaskCompletionSource<string>();
        answers.Enqueue(answer);
        return answer.Task;
    }

    private async Task AnswerAsync(IRenderedComponent<Loaded<string>> part, string text)
    {
        await part.InvokeAsync(() => answers.Dequeue().SetResult(text));
        part.WaitForAssertion(() => part.Markup.ShouldContain(text));
    }

    private IRenderedComponent<Loaded<string>> Render(string question) => kit.Render<Loaded<string>>(of => Set(of, question, 0));

    private void Ask(IRenderedComponent<Loaded<string>> part, string question, int beat) => part.Render(of => Set(of, question, beat));

    private void Set(ComponentParameterCollectionBuilder<Loaded<string>> of, string question, int beat) => of
        .Add(part => part.Title, "Rates").Add(part => part.Question, question).Add(part => part.Beat, beat).Add(part => part.Read, ReadAsync)
        .Add(part => part.ChildContent, text => builder => builder.AddContent(0, text));
}
