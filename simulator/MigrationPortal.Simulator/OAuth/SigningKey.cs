using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MigrationPortal.Simulator;

/// <summary>The RSA key that signs id tokens. Kept over restarts, so that a client's copy of the key set stays good.</summary>
internal sealed class SigningKey : IDisposable
{
    private const string Kept = "oauth-signing-key";

    private readonly RSA rsa;

    private SigningKey(RSA rsa)
    {
        this.rsa = rsa;
        Id = Base64Url.EncodeToString(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()));
    }

    public string Id { get; }

    public static async Task<SigningKey> LoadAsync(Journal journal, CancellationToken cancellation)
    {
        var rsa = RSA.Create(2048);
        if (await journal.LoadAsync(Kept, cancellation) is { } pem)
        {
            rsa.ImportFromPem(pem);
        }
        else
        {
            await journal.SaveAsync(Kept, rsa.ExportPkcs8PrivateKeyPem());
        }

        return new SigningKey(rsa);
    }

    public object PublicKeys()
    {
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA",
                    kid = Id,
                    e = Base64Url.EncodeToString(key.Exponent),
                    n = Base64Url.EncodeToString(key.Modulus),
                    use = "sig",
                    alg = "RS256",
                },
            },
        };
    }

    /// <summary>A signed JSON web token of these claims.</summary>
    public string Sign(IReadOnlyDictionary<string, object?> claims)
    {
        var head = Part(new { typ = "JWT", kid = Id, alg = "RS256" });
        var content = $"{head}.{Part(claims)}";
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => rsa.Dispose();

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
