using System.Text.Json;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports;

/// <summary>What the API said of a key, as JSON: the same names and values in every report that programs read.</summary>
internal static class VerificationProperties
{
    /// <summary>Into an open object; nothing when the API was not asked.</summary>
    public static void Write(Utf8JsonWriter json, Redaction redaction, Finding finding)
    {
        if (finding.Verification is { } verification)
        {
            json.WriteStartObject("verification");
            json.WriteString("state", LivenessWords.NameOf(verification.Liveness));
            json.WriteString("because", redaction.Show(verification.Because));
            if (!verification.Permissions.IsEmpty)
            {
                json.WriteStartObject("permissions");
                foreach (var answer in verification.Permissions)
                {
                    json.WriteString(answer.Permission, LivenessWords.NameOf(answer.Grant));
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        if (finding.Revocation is { } revocation)
        {
            json.WriteStartObject("revocation");
            json.WriteString("outcome", LivenessWords.NameOf(revocation.Outcome));
            json.WriteString("because", redaction.Show(revocation.Because));
            json.WriteEndObject();
        }
    }
}
