namespace AtomicPay.Scanner.Rules.Judging;

/// <summary>Recognises what people write where a key is to be filled in.</summary>
internal static class Placeholder
{
    private const int FewestDifferent = 5;
    private const int FewestUnexplained = 10;

    /// <summary>Long enough not to stand in a random key by chance: once in ten million of them.</summary>
    private static readonly string[] TellingAnywhere =
    [
        "example", "sample", "placeholder", "changeme", "replace", "insert", "dummy", "redacted", "removed", "invalid",
        "notreal", "yourkey", "yourapi", "testkey", "fakekey", "secretkey", "exemplo", "substitu", "insira", "coloque", "suachave",
        "minhachave", "ficticia", "invalida", "tuclave", "suclave", "votrecle", "exemple", "ejemplo", "beispiel", "schluessel", "deinkey",
        "credential", "undefined", "password", "lorem", "ipsum", "deadbeef", "cafebabe", "yourtoken", "mysecret", "supersecret",
    ];

    /// <summary>How the hashes begin that everybody has seen: MD5, SHA-1 and SHA-256 of nothing, abc, hello, test, password, 123456.</summary>
    private static readonly string[] FamousHashes =
    [
        "d41d8cd98f00b204", "da39a3ee5e6b4b0d", "e3b0c44298fc1c14", "900150983cd24fb0", "a9993e364706816a", "ba7816bf8f01cfea",
        "5d41402abc4b2a76", "aaf4c61ddcc5e8a2", "2cf24dba5fb0a30e", "098f6bcd4621d373", "a94a8fe5ccb19ba6", "9f86d081884c7d65",
        "5f4dcc3b5aa765d6", "5baa61e4c9b93f3f", "5e884898da280471", "e10adc3949ba59ab", "7c4a8d09ca3762af", "8d969eef6ecad3c2",
    ];

    /// <summary>Telling only when they stand alone, between separators.</summary>
    private static readonly string[] TellingAlone =
    [
        "your", "here", "fake", "demo", "todo", "mock", "none", "null", "goes", "token", "xxxx", "sua", "seu", "aqui", "chave", "minha", "teste",
        "fill", "this", "real", "some", "secret", "clave", "aca", "votre", "cle", "ici", "dein", "hier", "mein", "chiave", "tua", "qui",
        "test", "prova", "prueba", "essai", "fixme", "tbd", "any", "value", "valor", "apikey", "redacted", "abc123",
    ];

    /// <summary>So long a pattern, and a blank to fill in, stand in no random key: once in fifty thousand of those that use separators.</summary>
    private static readonly bool[] LongPattern = [true, true, true, true, true, true, true, true, true, true, true, true];
    private static readonly string[] Blanks = ["____", "----"];

    /// <param name="body">The key without its prefix.</param>
    /// <param name="explained">Which of its characters follow from those before them.</param>
    public static bool Is(ReadOnlySpan<char> body, ReadOnlySpan<bool> explained) =>
        CountDifferent(body) < FewestDifferent
        || body.Length - explained.Count(true) < FewestUnexplained
        || explained.IndexOf(LongPattern) >= 0
        || HasAny(body, Blanks)
        || HasTellingWord(body);

    private static bool HasAny(ReadOnlySpan<char> body, string[] parts)
    {
        foreach (var part in parts)
        {
            if (body.Contains(part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static int CountDifferent(ReadOnlySpan<char> body)
    {
        UInt128 seen = 0;
        foreach (var c in body)
        {
            seen |= UInt128.One << char.ToLowerInvariant(c);
        }

        return (int)UInt128.PopCount(seen);
    }

    private static bool HasTellingWord(ReadOnlySpan<char> body)
    {
        foreach (var word in TellingAnywhere)
        {
            for (var from = 0; body[from..].IndexOf(word, StringComparison.OrdinalIgnoreCase) is var at and >= 0; from += at + 1)
            {
                if (IsInOneCase(body.Slice(from + at, word.Length)))
                {
                    return true;
                }
            }
        }

        foreach (var hash in FamousHashes)
        {
            if (body.Contains(hash, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var part in body.SplitAny('_', '-'))
        {
            foreach (var word in TellingAlone)
            {
                if (body[part].Equals(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Case changes at random in a key, not in a word: all small, all capital, or a capital first.
    private static bool IsInOneCase(ReadOnlySpan<char> word)
    {
        var rest = word[1..];
        return !rest.ContainsAnyInRange('A', 'Z') || !word.ContainsAnyInRange('a', 'z');
    }
}
