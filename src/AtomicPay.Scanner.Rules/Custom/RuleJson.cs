using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AtomicPay.Scanner.Rules.Custom;

/// <summary>Reads the values of a file of rules, and takes down what is wrong with one instead of ending there.</summary>
internal ref struct RuleJson(ReadOnlySpan<byte> json, List<(long Offset, string Message)> errors)
{
    /// <summary>A longer text is no rule.</summary>
    public const int LongestText = 20_000;

    private const int MostListed = 100;
    private const int MostErrors = 50;

    private Utf8JsonReader _json = new(json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 });

    /// <summary>How much has been wrong so far, whether it is told or not.</summary>
    public int Failures { get; private set; }

    /// <summary>Where the value in hand begins, in bytes.</summary>
    public readonly long Start => _json.TokenStartIndex;

    public readonly JsonTokenType Type => _json.TokenType;

    /// <summary>How many bytes the text in hand has in the file, without its quotes.</summary>
    public readonly int RawLength => _json.ValueSpan.Length;

    /// <exception cref="JsonException">The file is not JSON.</exception>
    public bool Read() => _json.Read();

    /// <summary>Reads on to the name of the next field; false at the end of the object.</summary>
    public bool ReadField() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Reads on to the next entry of a list; false at its end.</summary>
    public bool ReadEntry() => _json.Read() && _json.TokenType != JsonTokenType.EndArray;

    public void Skip() => _json.Skip();

    public void Fail(long offset, string message)
    {
        Failures++;
        if (errors.Count < MostErrors)
        {
            errors.Add((offset, message));
        }
    }

    /// <summary>Whether the value in hand is of a type; says so and steps over it when it is not.</summary>
    public bool Is(JsonTokenType type, string message)
    {
        if (_json.TokenType == type)
        {
            return true;
        }

        Fail(_json.TokenStartIndex, message);
        _json.Skip();
        return false;
    }

    /// <summary>The text in hand, or null when it is none of use.</summary>
    public string? Text(int longest)
    {
        if (!Is(JsonTokenType.String, "This is a text in quotes: \"…\".") || Name() is not { } text)
        {
            return null;
        }

        if (text.Length == 0)
        {
            Fail(Start, "This text is empty; write it or leave it out.");
            return null;
        }

        if (text.Length > longest)
        {
            Fail(Start, string.Create(CultureInfo.InvariantCulture, $"This text has more than {longest} characters; shorten it."));
            return null;
        }

        return text;
    }

    /// <summary>The list of texts in hand, and where each of them begins.</summary>
    public (ImmutableArray<string> Texts, IReadOnlyList<long> Starts) Texts(int longest)
    {
        if (!Is(JsonTokenType.StartArray, "This is a list of texts: [ \"…\", \"…\" ]."))
        {
            return ([], []);
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        var starts = new List<long>();
        while (ReadEntry())
        {
            var start = Start;
            if (texts.Count == MostListed)
            {
                Fail(start, string.Create(CultureInfo.InvariantCulture, $"A list has at most {MostListed} entries; leave some out."));
                _json.Skip();
            }
            else if (Text(longest) is { } text)
            {
                texts.Add(text);
                starts.Add(start);
            }
        }

        return (texts.ToImmutable(), starts);
    }

    /// <summary>The name or text in hand, or null when it cannot be decoded.</summary>
    public string? Name()
    {
        try
        {
            return _json.GetString();
        }
        catch (InvalidOperationException)
        {
            Fail(_json.TokenStartIndex, "This text is no valid UTF-8, or has half of a surrogate pair; write it anew.");
            return null;
        }
    }
}
