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

    /// <summary>Telling only when they stand alone, between separators.</summary>
    private static readonly string[] TellingAlone =
    [
        "your", "here", "fake", "demo", "todo", "mock", "none", "null", "goes", "token", "xxxx", "sua", "seu", "aqui", "chave", "minha", "teste",
        "fill", "this", "real", "some", "secret", "clave", "aca", "votre", "cle", "ici", "dein", "hier", "mein", "chiave", "tua", "qui",
        "test", "prova", "prueba", "essai", "fixme", "tbd", "any", "value", "valor", "apikey", "redacted", "abc123",
    ];

    public static bool Is(ReadOnlySpan<char> body, int explained) =>
        CountDifferent(body) < FewestDifferent || body.Length - explained < FewestUnexplained || HasTellingWord(body);

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
