using System.Security.Cryptography;
using System.Text;

namespace AtomicPay.Scanner.Testing;

/// <summary>Keys made when a test runs, so that none that looks issued is ever committed.</summary>
internal static class TestKey
{
    private const string Base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string New(int length = 40, string environment = "") =>
        $"atpay_{environment}{RandomNumberGenerator.GetString(Base62, length)}";

    public static string Sha256(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
