using System.Globalization;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Api;

/// <summary>What an answer to a harmless question says about the key that it was asked with.</summary>
internal static class LivenessTable
{
    public static Verification Of(ApiAnswer answer, string path) => answer switch
    {
        ApiAnswer.NoAnswer none => Verification.Unknown(none.Because),
        ApiAnswer.Answer got => Of(got, path),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>
    /// Whether an answer without any key takes away what the answer with one seemed to say: a path that answers everybody alike
    /// says nothing about a key.
    /// </summary>
    public static bool IsMeaningless(ApiAnswer withKey, ApiAnswer withoutKey) =>
        (withKey, withoutKey) is (ApiAnswer.Answer with, ApiAnswer.Answer without)
        && ((with.Status == without.Status && with.Body == without.Body) || (IsSuccess(with.Status) && IsSuccess(without.Status)));

    private static Verification Of(ApiAnswer.Answer answer, string path)
    {
        var answered = string.Create(CultureInfo.InvariantCulture, $"{path} answered {answer.Status}");
        return answer switch
        {
            { Status: 429 } => Verification.Unknown($"{answered}, too many requests"),
            { Status: >= 500 } => Verification.Unknown($"{answered}, the API has trouble"),
            { Status: >= 300 and < 400 } => Verification.Unknown($"{answered}, a redirect, which no key follows"),
            { Body: AnswerBody.Foreign } => Verification.Unknown($"{answered} with something that the API does not send"),
            { Status: >= 200 and < 300 } => new(Liveness.Live, answered),
            { Status: 403 } or { Body: AnswerBody.OtherError } => new(Liveness.LiveWithoutPermission, answered),
            { Status: 401, Body: AnswerBody.AuthenticationError } => new(Liveness.Dead, answered),
            _ => Verification.Unknown($"{answered} without saying why"),
        };
    }

    private static bool IsSuccess(int status) => status is >= 200 and < 300;
}
