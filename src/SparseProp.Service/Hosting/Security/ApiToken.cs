using System.Buffers.Text;
using System.Security.Cryptography;

namespace SparseProp.Service.Hosting.Security;

/// <summary>The secret that the HTTP API asks its callers for.</summary>
public static class ApiToken
{
    private const int Bytes = 32;

    /// <summary>Writes a new token, of 256 random bits, to a file that only its owner may read.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public static void Create(string path) =>
        PrivateFile.Create(path, $"{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes))}\n");
}
