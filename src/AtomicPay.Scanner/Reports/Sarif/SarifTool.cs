using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Reports.Sarif;

/// <summary>The scanner and its rules, as a SARIF <c>tool</c>.</summary>
internal static class SarifTool
{
    public static void Write(Utf8JsonWriter json, ImmutableArray<Rule> rules, Redaction redaction)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "AtomicPay.Scanner");
        json.WriteString("version", ProductVersion.Text);
        json.WriteString("semanticVersion", ProductVersion.Text);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            WriteRule(json, rule, redaction);
        }

        json.WriteEndArray();
        SarifInvocation.WriteDescriptors(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, Rule rule, Redaction redaction)
    {
        var markdown = DisplayText.Lines(redaction.Mask(rule.Help));
        json.WriteStartObject();
        json.WriteString("id", redaction.Show(rule.Id));
        json.WriteString("name", redaction.Show(rule.Name));
        WriteText(json, "shortDescription", redaction.Show(rule.Name));
        WriteText(json, "fullDescription", redaction.Show(rule.Summary));
        json.WriteStartObject("help");
        json.WriteString("text", string.Join("\n", MarkdownText.Read(markdown)));
        json.WriteString("markdown", markdown);
        json.WriteEndObject();
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", SarifLevel.Of(rule.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("precision", rule.Precision);
        json.WriteString("security-severity", Gravity.Of(rule).Score.ToString("0.0", CultureInfo.InvariantCulture));
        json.WriteStartArray("tags");
        json.WriteStringValue("security");
        // CWE-798: use of hard-coded credentials.
        json.WriteStringValue("external/cwe/cwe-798");
        json.WriteStringValue("secret");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
