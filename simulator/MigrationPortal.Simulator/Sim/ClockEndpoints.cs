namespace MigrationPortal.Simulator;

/// <summary>The world's time: told, stepped, and how fast it goes.</summary>
internal static class ClockEndpoints
{
    private const double LongestStep = 40 * 86_400;

    public static void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/clock", (SimClock clock) => Clock(clock));
        sim.MapPost("/speed", SetSpeed);
        sim.MapPost("/advance", AdvanceAsync);
    }

    private static object Clock(SimClock clock) => new { now = clock.Now, speed = clock.Speed };

    private static IResult SetSpeed(SpeedRequest request, SimClock clock)
    {
        if (request.Speed is not (>= 0 and <= SimClock.MaxSpeed))
        {
            return Results.BadRequest(new { error = "speed is 0 (stands still) to 3600 world seconds a second" });
        }

        clock.Speed = request.Speed;
        return Results.Ok(Clock(clock));
    }

    // Answers when the time is there: tests step instead of waiting.
    private static async Task<IResult> AdvanceAsync(AdvanceRequest request, SimClock clock, CancellationToken cancellation)
    {
        if (request.Seconds is not (> 0 and <= LongestStep))
        {
            return Results.BadRequest(new { error = "seconds is above 0 and at most 40 days" });
        }

        await clock.AdvanceAsync(TimeSpan.FromSeconds(request.Seconds), TimeSpan.Zero, cancellation);
        return Results.Ok(Clock(clock));
    }

    private sealed record SpeedRequest(double Speed);

    private sealed record AdvanceRequest(double Seconds);
}
