using System.Globalization;
using System.Text;
using System.Xml;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports.JUnit;

/// <summary>
/// JUnit XML, for servers that show test results: a finding is a test that failed, what could not be scanned is a test with an
/// error, what is allowed one that was skipped, and a clean scan is one that passed. The attributes are those that Jenkins and GitLab read.
/// </summary>
internal sealed class JUnitReport : IReportFormat
{
    private const string Suite = "atomicpay-scan";

    private static readonly XmlWriterSettings _settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        CloseOutput = false,
    };

    public string Name => "junit";

    public string Purpose => "JUnit XML: findings as failed tests, for CI servers";

    public void Write(ScanResult result, ReportStyle style, Stream output)
    {
        var redaction = new Redaction(result);
        var words = new PlaceWords(redaction);
        var passes = result.Findings.IsEmpty && result.IsComplete;
        var errors = result.Skipped.Length + (result.Interrupted ? 1 : 0);
        using var xml = XmlWriter.Create(output, _settings);
        xml.WriteStartElement("testsuites");
        WriteCounts(xml, result, errors, passes);
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", Suite);
        WriteCounts(xml, result, errors, passes);
        if (passes)
        {
            StartTest(xml, Suite, "No leaked key");
            xml.WriteEndElement();
        }

        foreach (var finding in result.Findings.Order(FindingOrder.Instance))
        {
            StartTest(xml, redaction.Show(finding.Rule.Id), words.Clickable(finding.Place));
            if (finding.Place.Path.Length > 0)
            {
                Attribute(xml, "file", redaction.Show(finding.Place.Path));
            }

            xml.WriteStartElement("failure");
            Attribute(xml, "type", redaction.Show(finding.Rule.Id));
            Attribute(xml, "message", $"{redaction.Show(finding.Rule.Name)} {DisplayText.Line(finding.Secret.Redacted)} {string.Join("; ", [.. LivenessWords.Phrases(finding.Verification, finding.Revocation), .. words.Phrases(finding.Place)])}");
            xml.WriteString(XmlCharacters.Valid(Advice.InOneParagraph(finding, redaction)));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        foreach (var (finding, suppression) in result.Suppressed.OrderBy(s => s.Finding, FindingOrder.Instance))
        {
            StartTest(xml, redaction.Show(finding.Rule.Id), words.Clickable(finding.Place));
            xml.WriteStartElement("skipped");
            Attribute(xml, "message", $"{DisplayText.Line(finding.Secret.Redacted)} is allowed: {redaction.Show(suppression.ToString())}");
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        foreach (var skipped in result.Skipped)
        {
            WriteError(xml, "not-scanned", redaction.Show(skipped.Origin.ToString()), redaction.ShowReason(skipped.Reason));
        }

        if (result.Interrupted)
        {
            WriteError(xml, "interrupted", Suite, "The scan was interrupted: this report holds what was found until then");
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, ScanResult result, int errors, bool passes)
    {
        var tests = result.Findings.Length + result.Suppressed.Length + errors + (passes ? 1 : 0);
        Attribute(xml, "tests", tests.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "failures", result.Findings.Length.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "skipped", result.Suppressed.Length.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "errors", errors.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteError(XmlWriter xml, string type, string name, string message)
    {
        StartTest(xml, type, name);
        xml.WriteStartElement("error");
        Attribute(xml, "type", type);
        Attribute(xml, "message", message);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void StartTest(XmlWriter xml, string className, string name)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", className);
        Attribute(xml, "name", name);
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, XmlCharacters.Valid(value));
}
