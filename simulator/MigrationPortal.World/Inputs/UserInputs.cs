namespace MigrationPortal.World;

/// <summary>What an administrator does to an account; null leaves as is. Value: the <see cref="User"/>.</summary>
public sealed record ChangeUser(string Username, bool? Blocked = null, bool? IsAdmin = null) : WorldInput;

internal static class UserDesk
{
    public static InputResult Change(ChangeUser input, Engine engine)
    {
        if (engine.Directory.FindUser(input.Username) is not { } user)
        {
            return InputResult.NotFound("User");
        }

        user.State = input.Blocked is { } blocked ? blocked ? UserState.Blocked : UserState.Active : user.State;
        user.IsAdmin = input.IsAdmin ?? user.IsAdmin;
        return InputResult.Done(user);
    }
}
