using System.Security.Cryptography;
using System.Text;

namespace AtomicPay.Scanner.Findings;

/// <summary>A key. It prints itself masked; <see cref="Reveal"/> is the one way to its value.</summary>
internal sealed class Secret : IEquatable<Secret>
{
    private const int RevealedCharacters = 4;

    private readonly string _value;

    public Secret(string value, string prefix)
    {
        _value = value;
        var revealed = Math.Min(prefix.Length + RevealedCharacters, value.Length);
        Redacted = string.Concat(value.AsSpan(0, revealed), "…");
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
    }

    /// <summary>The prefix and the first four characters after it.</summary>
    public string Redacted { get; }

    /// <summary>Lower-case hex SHA-256 of the key as UTF-8: what reports, baselines and caches may hold.</summary>
    public string Sha256 { get; }

    public string Reveal() => _value;

    public bool Equals(Secret? other) => other is not null && other.Sha256 == Sha256;

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => Sha256.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Redacted;
}
