namespace MigrationPortal.Infrastructure.GitLab;

internal sealed record OAuthTokenDto(string AccessToken, string RefreshToken, int ExpiresIn);
