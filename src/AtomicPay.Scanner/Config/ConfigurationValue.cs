using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace AtomicPay.Scanner.Config;

/// <summary>A value of a configuration file, which knows where it stands: JSON with comments and trailing commas.</summary>
internal sealed class ConfigurationValue
{
    private const int Deepest = 16;

    private readonly TextPosition _position;
    private readonly JsonTokenType _kind;
    private readonly string _text;
    private readonly ImmutableArray<(string Name, TextPosition Position, ConfigurationValue Value)> _members;
    private readonly ImmutableArray<ConfigurationValue> _items;

    private ConfigurationValue(
        TextPosition position,
        JsonTokenType kind,
        string text,
        ImmutableArray<(string Name, TextPosition Position, ConfigurationValue Value)> members,
        ImmutableArray<ConfigurationValue> items)
    {
        _position = position;
        _kind = kind;
        _text = text;
        _members = members;
        _items = items;
    }

    public string Source => string.Create(CultureInfo.InvariantCulture, $"{_position.File}:{_position.Line}");

    /// <exception cref="ConfigurationException">It is not JSON.</exception>
    public static ConfigurationValue Parse(ConfigurationText file)
    {
        ReadOnlySpan<byte> json = file.Bytes;
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        if (!Utf8.IsValid(json))
        {
            throw new ConfigurationException($"{file.Name} is not UTF-8 text.");
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = Deepest });
            reader.Read();
            var value = Read(ref reader, json, file.Name);
            reader.Read();
            return value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var (line, column) = e is JsonException { LineNumber: { } l, BytePositionInLine: { } c } ? ((int)l + 1, (int)c + 1) : (1, 1);
            throw new ConfigurationException(file.Name, line, column, SentenceOf(e.Message));
        }
    }

    /// <summary>The members of an object. Names that are not known, or stand there twice, are errors.</summary>
    public IEnumerable<(string Name, ConfigurationValue Value)> Members(IReadOnlyCollection<string> known)
    {
        Expect(JsonTokenType.StartObject, "an object: { … }");
        var seen = new HashSet<string>();
        foreach (var (name, position, value) in _members)
        {
            if (!known.Contains(name))
            {
                throw position.Error($"{Spelling.Shown(name)} is not known here; {Spelling.Advice(name, known)}");
            }

            if (!seen.Add(name))
            {
                throw position.Error($"'{name}' stands here for the second time; write it once.");
            }

            yield return (name, value);
        }
    }

    public ImmutableArray<ConfigurationValue> Items()
    {
        Expect(JsonTokenType.StartArray, "a list: [ … ]");
        return _items;
    }

    /// <summary>A list of texts, none of them empty.</summary>
    public ImmutableArray<string> Texts() => [.. Items().Select(i => i.Text())];

    /// <summary>A text that is not empty.</summary>
    public string Text()
    {
        Expect(JsonTokenType.String, "a text in quotes");
        return string.IsNullOrWhiteSpace(_text) ? throw Error("This text is empty.") : _text;
    }

    public bool Flag()
    {
        return _kind is JsonTokenType.True or JsonTokenType.False ? _kind == JsonTokenType.True : throw Error("Here stands true or false.");
    }

    public long Number(long least, long most) =>
        _kind == JsonTokenType.Number && long.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Error(string.Create(CultureInfo.InvariantCulture, $"Here stands a whole number from {least} to {most}."));

    /// <summary>A number, as it is written.</summary>
    public string Decimal()
    {
        Expect(JsonTokenType.Number, "a number");
        return _text;
    }

    public ConfigurationException Error(string sentence) => _position.Error(sentence);

    /// <summary>
    /// The library's sentence, without its own way to write the position. It quotes the character at fault, but also a whole word
    /// that is none of JSON's, which may be a key.
    /// </summary>
    private static string SentenceOf(string message) =>
        message.StartsWith('\'') && message.LastIndexOf('\'') > 8
            ? "A text stands in quotes; the only words without are true, false and null."
            : message.Split(" LineNumber:")[0];

    private static ConfigurationValue Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string file)
    {
        var position = TextPosition.Of(file, json, reader.TokenStartIndex);
        var kind = reader.TokenType;
        var members = ImmutableArray.CreateBuilder<(string, TextPosition, ConfigurationValue)>();
        var items = ImmutableArray.CreateBuilder<ConfigurationValue>();
        var text = "";
        switch (kind)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var (name, at) = (reader.GetString()!, TextPosition.Of(file, json, reader.TokenStartIndex));
                    reader.Read();
                    members.Add((name, at, Read(ref reader, json, file)));
                }

                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, json, file));
                }

                break;
            case JsonTokenType.String:
                text = reader.GetString()!;
                break;
            case JsonTokenType.Number:
                text = System.Text.Encoding.ASCII.GetString(reader.ValueSpan);
                break;
            default:
                break;
        }

        return new ConfigurationValue(position, kind, text, members.DrainToImmutable(), items.DrainToImmutable());
    }

    private void Expect(JsonTokenType kind, string what)
    {
        if (_kind != kind)
        {
            throw Error($"Here stands {what}.");
        }
    }
}
