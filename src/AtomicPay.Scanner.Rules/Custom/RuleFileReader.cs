using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AtomicPay.Scanner.Rules.Custom;

/// <summary>Reads the rules of a file, and goes on after what is wrong, so that all of it is told at once.</summary>
internal ref struct RuleFileReader
{
    private const int MostRules = 100;
    private const int MostPrefixes = 100;
    private const int MostListed = 100;
    private const int LongestText = 20_000;
    private const int ShortestPrefix = 4;
    private const int LongestPrefix = 32;
    private const int LongestId = 64;
    private const int LongestAllowed = 600;
    private const int MostErrors = 50;

    private static readonly string[] Fields =
        ["id", "name", "prefix", "prefixes", "body", "random", "allow", "severity", "summary", "steps", "help", "examples", "nearMisses"];

    private readonly HashSet<string> _ids;
    private readonly HashSet<string> _takenPrefixes;
    private readonly List<(long Offset, string Message)> _errors;
    private Utf8JsonReader _json;
    private int _prefixes;
    private int _failures;

    public RuleFileReader(ReadOnlySpan<byte> json, IReadOnlyCollection<Rule> others, List<(long Offset, string Message)> errors)
    {
        _json = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 });
        _ids = [.. others.Select(rule => rule.Id)];
        _takenPrefixes = [.. others.SelectMany(rule => rule.Prefixes)];
        _errors = errors;
    }

    /// <exception cref="JsonException">The file is not JSON.</exception>
    public IReadOnlyList<DraftRule> Read()
    {
        var drafts = new List<DraftRule>();
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            Fail(_json.TokenStartIndex, "A file of rules is an object: { \"rules\": [ … ] }.");
            return drafts;
        }

        var hasRules = false;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var isRules = _json.ValueTextEquals("rules"u8);
            if (!isRules && !_json.ValueTextEquals("$schema"u8))
            {
                Fail(_json.TokenStartIndex, "Beside \"rules\" nothing stands here.");
            }

            _json.Read();
            if (isRules)
            {
                hasRules = true;
                ReadRules(drafts);
            }
            else
            {
                _json.Skip();
            }
        }

        if (!hasRules)
        {
            Fail(_json.TokenStartIndex, "There is no \"rules\": [ … ] in the file.");
        }

        // What follows the object is an error that only reading on shows.
        _json.Read();
        return drafts;
    }

    private void ReadRules(List<DraftRule> drafts)
    {
        if (!Is(JsonTokenType.StartArray, "\"rules\" is a list: [ { \"id\": …, \"prefix\": …, \"body\": … } ]."))
        {
            return;
        }

        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (!Is(JsonTokenType.StartObject, "A rule is an object: { \"id\": …, \"prefix\": …, \"body\": … }."))
            {
                continue;
            }

            if (drafts.Count == MostRules)
            {
                Fail(_json.TokenStartIndex, Invariant($"A file has at most {MostRules} rules; make several files."));
                _json.Skip();
                continue;
            }

            if (ReadRule() is { } draft)
            {
                drafts.Add(draft);
            }
        }
    }

    private DraftRule? ReadRule()
    {
        var start = _json.TokenStartIndex;
        var failuresBefore = _failures;
        string? id = null, name = null, summary = null, help = null;
        var body = default(BodyPattern);
        var bodyStart = start;
        var isRandom = true;
        var severity = Severity.Error;
        var prefixes = ImmutableArray<string>.Empty;
        var allowed = ImmutableArray<string>.Empty;
        var steps = ImmutableArray<string>.Empty;
        var (examples, exampleStarts) = (ImmutableArray<string>.Empty, (IReadOnlyList<long>)[]);
        var (nearMisses, nearMissStarts) = (ImmutableArray<string>.Empty, (IReadOnlyList<long>)[]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var fieldStart = _json.TokenStartIndex;
            var field = StringValue() ?? "";
            if (!seen.Add(field))
            {
                Fail(fieldStart, $"\"{field}\" stands twice in this rule; leave one out.");
            }

            _json.Read();
            var value = _json.TokenStartIndex;
            switch (field)
            {
                case "id":
                    id = ReadId();
                    break;
                case "name":
                    name = ReadText(200);
                    break;
                case "summary":
                    summary = ReadText(1000);
                    break;
                case "help":
                    help = ReadText(LongestText);
                    break;
                case "prefix":
                    prefixes = ReadText(LongestText) is { } prefix ? [.. prefixes, prefix] : prefixes;
                    CheckPrefix(prefixes, value);
                    break;
                case "prefixes":
                    (var listed, var starts) = ReadTexts(LongestText);
                    for (var i = 0; i < listed.Length; i++)
                    {
                        prefixes = [.. prefixes, listed[i]];
                        CheckPrefix(prefixes, starts[i]);
                    }

                    break;
                case "body":
                    (body, bodyStart) = (ReadBody(), value);
                    break;
                case "random":
                    if (_json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                    {
                        Fail(value, "\"random\" is true or false.");
                        _json.Skip();
                    }

                    isRandom = _json.TokenType != JsonTokenType.False;
                    break;
                case "severity":
                    severity = ReadSeverity();
                    break;
                case "allow":
                    allowed = ReadTexts(LongestAllowed).Texts;
                    break;
                case "steps":
                    steps = ReadTexts(1000).Texts;
                    break;
                case "examples":
                    (examples, exampleStarts) = ReadTexts(LongestText);
                    break;
                case "nearMisses":
                    (nearMisses, nearMissStarts) = ReadTexts(LongestText);
                    break;
                default:
                    Fail(fieldStart, Spelling.Closest(field, Fields) is { } meant
                        ? $"A rule has no \"{field}\"; write \"{meant}\"."
                        : $"A rule has no \"{field}\"; it has {string.Join(", ", Fields)}.");
                    _json.Skip();
                    break;
            }
        }

        if (!seen.Contains("id"))
        {
            Fail(start, "This rule has no \"id\"; give it one, such as \"acme-key\".");
        }

        if (!seen.Contains("prefix") && !seen.Contains("prefixes"))
        {
            Fail(start, "This rule has no \"prefix\": the text that every key begins with, such as \"acme_\".");
        }

        if (!seen.Contains("body"))
        {
            Fail(start, "This rule has no \"body\": what follows the prefix, such as \"[A-Za-z0-9]{32}\".");
        }

        if (_failures > failuresBefore)
        {
            return null;
        }

        name ??= id!;
        summary ??= $"A secret of the kind \"{name}\" is readable here.";
        steps = steps.IsEmpty
            ? ["Revoke or rotate the key where it was issued.", "Put the new key into an environment variable, or another protected place on the server."]
            : steps;
        var rule = new Rule
        {
            Id = id!,
            Name = name,
            Summary = summary,
            Steps = steps,
            Help = help ?? $"{summary}\n\n{string.Join('\n', steps.Select((step, index) => Invariant($"{index + 1}. {step}")))}",
            Severity = severity,
            Precision = isRandom ? "high" : "medium",
            Prefixes = prefixes,
            Body = body!,
            IsRandom = isRandom,
            Allowed = allowed,
            Examples = examples,
            NearMisses = nearMisses,
        };
        return new DraftRule(rule, bodyStart, exampleStarts, nearMissStarts);
    }

    private string? ReadId()
    {
        var start = _json.TokenStartIndex;
        var id = ReadText(LongestText);
        if (id is null)
        {
            return null;
        }

        if (id.Length > LongestId || !char.IsAsciiLetterLower(id[0]) || id.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            Fail(start, Invariant($"An id is small letters, digits and hyphens, {LongestId} at most, and begins with a letter: \"acme-key\"."));
        }
        else if (!_ids.Add(id))
        {
            Fail(start, $"There is a rule \"{id}\" already; give this one another id.");
        }

        return id;
    }

    private void CheckPrefix(ImmutableArray<string> prefixes, long start)
    {
        if (prefixes.IsEmpty)
        {
            return;
        }

        var prefix = prefixes[^1];
        if (prefix.Length < ShortestPrefix)
        {
            Fail(start, Invariant($"A prefix has {ShortestPrefix} characters at least: a shorter one stands everywhere by chance, and its base64 could not be told at all. If more of every key is the same, make that part of the prefix."));
        }
        else if (prefix.Length > LongestPrefix || !char.IsAsciiLetterOrDigit(prefix[0]) || prefix.Any(c => !BodyPatternReader.IsKeyCharacter(c)))
        {
            Fail(start, Invariant($"A prefix is letters, digits and _ - . ~ + /, {LongestPrefix} at most, and begins with a letter or digit."));
        }
        else if (_takenPrefixes.Contains(prefix))
        {
            Fail(start, $"Keys that begin with \"{prefix}\" have a rule already, which always runs; leave this one out.");
        }
        else if (prefixes.IndexOf(prefix) < prefixes.Length - 1)
        {
            Fail(start, $"The prefix \"{prefix}\" stands twice in this rule; leave one out.");
        }
        else if (++_prefixes > MostPrefixes)
        {
            Fail(start, Invariant($"A file has at most {MostPrefixes} prefixes; every one slows the scan down."));
        }
    }

    private BodyPattern? ReadBody()
    {
        var start = _json.TokenStartIndex;
        if (ReadText(LongestText) is not { } text)
        {
            return null;
        }

        if (BodyPatternReader.TryRead(text, out var pattern, out var error))
        {
            return pattern;
        }

        // Where no character is escaped, the place in the pattern is a place in the file.
        var isPlain = _json.ValueSpan.Length == text.Length;
        Fail(isPlain ? start + 1 + error.Index : start, $"{char.ToUpperInvariant(error.Message[0])}{error.Message[1..]}.");
        return null;
    }

    private Severity ReadSeverity()
    {
        var start = _json.TokenStartIndex;
        switch (ReadText(LongestText))
        {
            case "error":
                return Severity.Error;
            case "warning":
                return Severity.Warning;
            case "note":
                return Severity.Note;
            case null:
                return Severity.Error;
            default:
                Fail(start, "A severity is \"error\", \"warning\" or \"note\".");
                return Severity.Error;
        }
    }

    private (ImmutableArray<string> Texts, IReadOnlyList<long> Starts) ReadTexts(int longest)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var starts = new List<long>();
        if (!Is(JsonTokenType.StartArray, "This is a list of texts: [ \"…\", \"…\" ]."))
        {
            return ([], []);
        }

        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            var start = _json.TokenStartIndex;
            if (texts.Count == MostListed)
            {
                Fail(start, Invariant($"A list has at most {MostListed} entries; leave some out."));
                _json.Skip();
            }
            else if (ReadText(longest) is { } text)
            {
                texts.Add(text);
                starts.Add(start);
            }
        }

        return (texts.ToImmutable(), starts);
    }

    private string? ReadText(int longest)
    {
        if (!Is(JsonTokenType.String, "This is a text in quotes: \"…\"."))
        {
            return null;
        }

        var start = _json.TokenStartIndex;
        if (StringValue() is not { } text)
        {
            return null;
        }

        if (text.Length == 0)
        {
            Fail(start, "This text is empty; write it or leave it out.");
            return null;
        }

        if (text.Length > longest)
        {
            Fail(start, Invariant($"This text has more than {longest} characters; shorten it."));
            return null;
        }

        return text;
    }

    private string? StringValue()
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

    private bool Is(JsonTokenType type, string message)
    {
        if (_json.TokenType == type)
        {
            return true;
        }

        Fail(_json.TokenStartIndex, message);
        _json.Skip();
        return false;
    }

    private void Fail(long offset, string message)
    {
        _failures++;
        if (_errors.Count < MostErrors)
        {
            _errors.Add((offset, message));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
