using System.Globalization;
using System.Text.Json;

namespace AtomicPay.Scanner.Rules.Custom;

/// <summary>Reads the rules of a file, and goes on after what is wrong, so that all of it is told at once.</summary>
internal ref struct RuleFileReader(ReadOnlySpan<byte> json, IReadOnlyCollection<Rule> others, List<(long Offset, string Message)> errors)
{
    private const int MostRules = 100;
    private const int LongestAllowed = 600;
    private const int LongestName = 200;
    private const int LongestSentence = 1000;

    private static readonly string[] Fields =
        ["id", "name", "prefix", "prefixes", "body", "random", "allow", "severity", "summary", "steps", "help", "examples", "nearMisses"];

    private readonly TakenNames _taken = new(others);
    private RuleJson _json = new(json, errors);

    /// <exception cref="JsonException">The file is not JSON.</exception>
    public IReadOnlyList<DraftRule> Read()
    {
        var drafts = new List<DraftRule>();
        _json.Read();
        if (_json.Type != JsonTokenType.StartObject)
        {
            _json.Fail(_json.Start, "A file of rules is an object: { \"rules\": [ … ] }.");
            return drafts;
        }

        var hasRules = false;
        while (_json.ReadField())
        {
            var start = _json.Start;
            var name = _json.Name();
            if (name is not ("rules" or "$schema"))
            {
                _json.Fail(start, "Beside \"rules\" nothing stands here.");
            }

            _json.Read();
            if (name == "rules")
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
            _json.Fail(_json.Start, "There is no \"rules\": [ … ] in the file.");
        }

        // What follows the object is an error that only reading on shows.
        _json.Read();
        return drafts;
    }

    private void ReadRules(List<DraftRule> drafts)
    {
        if (!_json.Is(JsonTokenType.StartArray, "\"rules\" is a list: [ { \"id\": …, \"prefix\": …, \"body\": … } ]."))
        {
            return;
        }

        while (_json.ReadEntry())
        {
            if (!_json.Is(JsonTokenType.StartObject, "A rule is an object: { \"id\": …, \"prefix\": …, \"body\": … }."))
            {
                continue;
            }

            if (drafts.Count == MostRules)
            {
                _json.Fail(_json.Start, string.Create(CultureInfo.InvariantCulture, $"A file has at most {MostRules} rules; make several files."));
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
        var start = _json.Start;
        var failuresBefore = _json.Failures;
        var rule = new RuleFields();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_json.ReadField())
        {
            var fieldStart = _json.Start;
            var field = _json.Name() ?? "";
            if (!seen.Add(field))
            {
                _json.Fail(fieldStart, $"\"{field}\" stands twice in this rule; leave one out.");
            }

            _json.Read();
            ReadField(rule, field, fieldStart);
        }

        if (!seen.Contains("id"))
        {
            _json.Fail(start, "This rule has no \"id\"; give it one, such as \"acme-key\".");
        }

        if (!seen.Contains("prefix") && !seen.Contains("prefixes"))
        {
            _json.Fail(start, "This rule has no \"prefix\": the text that every key begins with, such as \"acme_\".");
        }

        if (!seen.Contains("body"))
        {
            _json.Fail(start, "This rule has no \"body\": what follows the prefix, such as \"[A-Za-z0-9]{32}\".");
        }

        return _json.Failures > failuresBefore ? null : rule.ToDraft();
    }

    private void ReadField(RuleFields rule, string field, long fieldStart)
    {
        switch (field)
        {
            case "id":
                rule.Id = ReadId();
                break;
            case "name":
                rule.Name = _json.Text(LongestName);
                break;
            case "summary":
                rule.Summary = _json.Text(LongestSentence);
                break;
            case "help":
                rule.Help = _json.Text(RuleJson.LongestText);
                break;
            case "prefix":
                AddPrefix(rule, _json.Text(RuleJson.LongestText), _json.Start);
                break;
            case "prefixes":
                var (prefixes, starts) = _json.Texts(RuleJson.LongestText);
                for (var i = 0; i < prefixes.Length; i++)
                {
                    AddPrefix(rule, prefixes[i], starts[i]);
                }

                break;
            case "body":
                rule.Body = (ReadBody(), _json.Start);
                break;
            case "random":
                rule.IsRandom = ReadIsRandom();
                break;
            case "severity":
                rule.Severity = ReadSeverity();
                break;
            case "allow":
                rule.Allowed = _json.Texts(LongestAllowed).Texts;
                break;
            case "steps":
                rule.Steps = _json.Texts(LongestSentence).Texts;
                break;
            case "examples":
                rule.Examples = _json.Texts(RuleJson.LongestText);
                break;
            case "nearMisses":
                rule.NearMisses = _json.Texts(RuleJson.LongestText);
                break;
            default:
                _json.Fail(fieldStart, Spelling.Closest(field, Fields) is { } meant
                    ? $"A rule has no \"{field}\"; write \"{meant}\"."
                    : $"A rule has no \"{field}\"; it has {string.Join(", ", Fields)}.");
                _json.Skip();
                break;
        }
    }

    private string? ReadId()
    {
        var id = _json.Text(RuleJson.LongestText);
        if (id is not null && _taken.TakeId(id) is { } wrong)
        {
            _json.Fail(_json.Start, wrong);
        }

        return id;
    }

    private void AddPrefix(RuleFields rule, string? prefix, long start)
    {
        if (prefix is null)
        {
            return;
        }

        if (_taken.TakePrefix(prefix, rule.Prefixes) is { } wrong)
        {
            _json.Fail(start, wrong);
        }

        rule.Prefixes.Add(prefix);
    }

    private BodyPattern? ReadBody()
    {
        if (_json.Text(RuleJson.LongestText) is not { } text)
        {
            return null;
        }

        if (BodyPatternReader.TryRead(text, out var pattern, out var error))
        {
            return pattern;
        }

        // Where no character is escaped, the place in the pattern is a place in the file.
        var isPlain = _json.RawLength == text.Length;
        _json.Fail(isPlain ? _json.Start + 1 + error.Index : _json.Start, $"{char.ToUpperInvariant(error.Message[0])}{error.Message[1..]}.");
        return null;
    }

    private bool ReadIsRandom()
    {
        if (_json.Type is not (JsonTokenType.True or JsonTokenType.False))
        {
            _json.Fail(_json.Start, "\"random\" is true or false.");
            _json.Skip();
        }

        return _json.Type != JsonTokenType.False;
    }

    private Severity ReadSeverity()
    {
        switch (_json.Text(RuleJson.LongestText))
        {
            case "error" or null:
                return Severity.Error;
            case "warning":
                return Severity.Warning;
            case "note":
                return Severity.Note;
            default:
                _json.Fail(_json.Start, "A severity is \"error\", \"warning\" or \"note\".");
                return Severity.Error;
        }
    }
}
