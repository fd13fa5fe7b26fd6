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
        // A rule of the user's own may find keys so short that four characters would give most of one away.
        var body = Math.Max(value.Length - prefix.Length, 0);
        var revealed = Math.Min(prefix.Length, value.Length - body) + Math.Min(RevealedCharacters, body / 4);
        Redacted = string.Concat(value.AsSpan(0, revealed), "…");
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
    }

    /// <summary>The prefix and the first characters after it: four, or a quarter of a short key.</summary>
    public string Redacted { get; }

    /// <summary>Lower-case hex SHA-256 of the key as UTF-8: what reports and baselines may hold.</summary>
    public string Sha256 { get; }

    public string Reveal() => _value;

    public bool Equals(Secret? other) => other is not null && other.Sha256 == Sha256;

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => Sha256.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Redacted;
}
