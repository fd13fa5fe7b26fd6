using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AtomicPay.Scanner.Rules;

/// <summary>Reads the language of <see cref="BodyPattern"/>.</summary>
internal ref struct BodyPatternReader
{
    private const int MostParts = 16;
    private const int MostTexts = 16;

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private BodyPatternError? _error;

    private BodyPatternReader(ReadOnlySpan<char> text) => _text = text;

    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    public static bool TryRead(string text, [NotNullWhen(true)] out BodyPattern? pattern, out BodyPatternError error)
    {
        var reader = new BodyPatternReader(text);
        var parts = reader.ReadParts();
        error = reader._error ?? default;
        pattern = reader._error is null ? new BodyPattern(text, parts) : null;
        return pattern is not null;
    }

    /// <summary>Whether a key may hold the character: no white space, no quotes, nothing that escapes.</summary>
    public static bool IsKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '~' or '+' or '/';

    private ImmutableArray<BodyPattern.Part> ReadParts()
    {
        var parts = ImmutableArray.CreateBuilder<BodyPattern.Part>();
        while (_at < _text.Length && _error is null)
        {
            var part = Peek() switch
            {
                '[' => ReadCharacters(),
                '(' => ReadTexts(),
                _ => ReadText(),
            };
            parts.Add(part);
            if (parts.Count > MostParts)
            {
                Fail(string.Create(CultureInfo.InvariantCulture, $"a pattern has at most {MostParts} parts; write a simpler one"));
            }
        }

        if (_error is null && !parts.Any(part => part.Texts.IsEmpty))
        {
            _at = 0;
            Fail("a pattern names the characters of a key and how many there are, such as [A-Za-z0-9]{32}");
        }

        if (_error is null && parts.Sum(part => part.Most) > BodyPattern.MostCharacters)
        {
            _at = 0;
            Fail(string.Create(CultureInfo.InvariantCulture, $"a key has at most {BodyPattern.MostCharacters} characters; lower the numbers in braces"));
        }

        return parts.ToImmutable();
    }

    private BodyPattern.Part ReadCharacters()
    {
        var start = _at++;
        UInt128 characters = 0;
        while (Peek() is not (']' or '\0') && _error is null)
        {
            var first = ReadOne();
            var last = first;
            if (Peek() == '-' && _at + 1 < _text.Length && _text[_at + 1] != ']')
            {
                _at++;
                last = ReadOne();
                if (_error is null && (last < first || !IsRange(first, last)))
                {
                    _at -= 3;
                    Fail($"'{first}-{last}' is no range; write A-Z, a-z, 0-9 or a part of one, and a hyphen last");
                }
            }

            for (int c = first; c <= last && _error is null; c++)
            {
                characters |= UInt128.One << c;
            }
        }

        if (_error is null && (Peek() != ']' || characters == 0))
        {
            _at = start;
            Fail("a set of characters looks like [A-Za-z0-9_-]");
        }

        _at++;
        var (fewest, most) = ReadCount();
        return new(characters, [], fewest, most);
    }

    private char ReadOne()
    {
        if (!IsKeyCharacter(Peek()))
        {
            Fail(Peek() is '^' or '\\'
                ? $"'{Peek()}' has no meaning here; name the characters themselves, such as [A-Za-z0-9_-]"
                : $"a key cannot hold '{Peek()}'; it may hold letters, digits and _ - . ~ + /");
        }

        return _text[_at++];
    }

    private static bool IsRange(char first, char last) =>
        (char.IsAsciiDigit(first) && char.IsAsciiDigit(last))
        || (char.IsAsciiLetterLower(first) && char.IsAsciiLetterLower(last))
        || (char.IsAsciiLetterUpper(first) && char.IsAsciiLetterUpper(last));

    private (int Fewest, int Most) ReadCount()
    {
        if (_error is not null)
        {
            return default;
        }

        if (Peek() == '?')
        {
            _at++;
            return (0, 1);
        }

        if (Peek() is '*' or '+')
        {
            Fail($"'{Peek()}' sets no limit; write how many, such as {{32}} or {{16,128}}");
            return default;
        }

        if (Peek() != '{')
        {
            return (1, 1);
        }

        var start = _at++;
        var fewest = ReadNumber();
        var most = fewest;
        if (Peek() == ',')
        {
            _at++;
            most = ReadNumber();
        }

        if (Peek() != '}' || fewest < 0 || most < 1 || most < fewest)
        {
            _at = start;
            Fail("a number of characters looks like {32} or {16,128}");
        }

        _at++;
        return (fewest, most);
    }

    private int ReadNumber()
    {
        var start = _at;
        while (char.IsAsciiDigit(Peek()) && _at - start < 4)
        {
            _at++;
        }

        return int.TryParse(_text[start.._at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    private BodyPattern.Part ReadTexts()
    {
        var start = _at++;
        var texts = ImmutableArray.CreateBuilder<string>();
        do
        {
            var from = _at;
            while (IsKeyCharacter(Peek()))
            {
                _at++;
            }

            if (_at == from || texts.Count == MostTexts)
            {
                Fail("texts to choose from look like (live_|test_), with a question mark behind when there may be none; sets in brackets stand outside");
                return default;
            }

            texts.Add(_text[from.._at].ToString());
        }
        while (Peek() == '|' && ++_at > 0);

        if (Peek() != ')')
        {
            _at = Peek() == '\0' ? start : _at;
            Fail("texts to choose from look like (live_|test_); sets in brackets stand outside");
            return default;
        }

        _at++;
        if (Peek() is '{' or '*' or '+')
        {
            Fail("texts to choose from are not repeated; only a question mark may follow");
            return default;
        }

        var isOptional = Peek() == '?';
        _at += isOptional ? 1 : 0;
        return new(0, texts.ToImmutable(), isOptional ? 0 : texts.Min(text => text.Length), texts.Max(text => text.Length));
    }

    private BodyPattern.Part ReadText()
    {
        var start = _at;
        while (IsKeyCharacter(Peek()))
        {
            _at++;
        }

        if (_at == start || Peek() is '{' or '?' or '*')
        {
            Fail(_at == start && Peek() is not ('{' or '?' or '*')
                ? $"'{Peek()}' has no meaning in a pattern; it has sets with numbers, such as [A-Za-z0-9]{{32}}, texts, and texts to choose from, such as (live_|test_)?"
                : $"'{Peek()}' follows a set in brackets or texts in parentheses");
            return default;
        }

        return new(0, [_text[start.._at].ToString()], _at - start, _at - start);
    }

    private void Fail(string message) => _error ??= new(Math.Min(_at, Math.Max(0, _text.Length - 1)), message);
}
