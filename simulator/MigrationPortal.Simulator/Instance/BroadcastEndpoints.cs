using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Broadcast messages: everybody reads them, administrators write them.</summary>
internal static class BroadcastEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.GetPublic("/broadcast_messages", List);
        api.GetPublic("/broadcast_messages/{id}", c => Find(c, out var m) ?? ApiAnswer.Ok(Entity(m, c)));
        api.Post("/broadcast_messages", Create);
        api.Put("/broadcast_messages/{id}", Update);
        api.Delete("/broadcast_messages/{id}", c => !c.IsAdmin
            ? ApiAnswer.Forbidden()
            : Find(c, out var m) ?? c.ApplyNoContent(new DeleteBroadcast(m.Id)));
    }

    private static ApiAnswer List(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        return call.Params.Refusal ?? page.Answer(
            call, [.. call.World.Directory.Broadcasts.OrderByDescending(m => m.Id)], m => Entity(m, call));
    }

    private static ApiAnswer Create(ApiCall call)
    {
        var message = call.Params.Required("message");
        var settings = Read(call.Params, new BroadcastSettings(message, call.Now, call.Now.AddHours(1)));
        return !call.IsAdmin ? ApiAnswer.Forbidden() : call.Params.Refusal ?? call.Apply<BroadcastMessage>(
            new CreateBroadcast(settings), m => ApiAnswer.Created(Entity(m, call)));
    }

    private static ApiAnswer Update(ApiCall call)
    {
        if (!call.IsAdmin)
        {
            return ApiAnswer.Forbidden();
        }

        if (Find(call, out var message) is { } no)
        {
            return no;
        }

        var settings = Read(call.Params, message.Settings);
        return call.Params.Refusal ?? call.Apply<BroadcastMessage>(
            new UpdateBroadcast(message.Id, settings), m => ApiAnswer.Ok(Entity(m, call)));
    }

    private static BroadcastSettings Read(Parameters p, BroadcastSettings old) => old with
    {
        Message = p.Text("message") ?? old.Message,
        StartsAt = p.Time("starts_at") ?? old.StartsAt,
        EndsAt = p.Time("ends_at") ?? old.EndsAt,
        BroadcastType = p.OneOf("broadcast_type", "banner", "notification") ?? old.BroadcastType,
        Theme = p.Text("theme") ?? old.Theme,
        TargetPath = p.Text("target_path") ?? old.TargetPath,
        Dismissable = p.Flag("dismissable") ?? old.Dismissable,
        TargetAccessLevels = p.Numbers("target_access_levels")?.Select(n => (AccessLevel)n).ToArray() ?? old.TargetAccessLevels,
    };

    private static ApiAnswer? Find(ApiCall call, out BroadcastMessage message)
    {
        message = call.World.Directory.Broadcasts.FirstOrDefault(m => m.Id == call.RouteId("id"))!;
        return message is null ? ApiAnswer.Message(404, "404 Not Found") : null;
    }

    private static object Entity(BroadcastMessage m, ApiCall call) => new
    {
        m.Id,
        m.Settings.Message,
        m.Settings.StartsAt,
        m.Settings.EndsAt,
        Color = "#1f1e24",
        Font = "#FFFFFF",
        TargetAccessLevels = (m.Settings.TargetAccessLevels ?? []).Select(l => (int)l).ToArray(),
        m.Settings.TargetPath,
        m.Settings.BroadcastType,
        m.Settings.Theme,
        m.Settings.Dismissable,
        Active = m.Settings.StartsAt <= call.Now && call.Now < m.Settings.EndsAt,
    };
}
