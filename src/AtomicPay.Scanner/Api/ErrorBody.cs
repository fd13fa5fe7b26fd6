using System.Text.Json;

namespace AtomicPay.Scanner.Api;

/// <summary>Reads the documented error body: <c>{"error":{"code":…,"message":…,"type":…,"status":…}}</c>.</summary>
internal static class ErrorBody
{
    /// <summary>Longer than any error; what is longer is something else.</summary>
    public const int MostBytes = 1 << 14;

    public static AnswerBody Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (result, isInError) = (AnswerBody.Foreign, false);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (reader.CurrentDepth == 1)
                {
                    isInError = reader.ValueTextEquals("error"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartObject;
                    result = isInError ? AnswerBody.ErrorWithoutType : result;
                }
                else if (isInError && reader.CurrentDepth == 2 && reader.ValueTextEquals("type"u8) && reader.Read())
                {
                    result = reader.TokenType != JsonTokenType.String || reader.ValueTextEquals(""u8) ? AnswerBody.ErrorWithoutType
                        : reader.ValueTextEquals("authentication_error"u8) ? AnswerBody.AuthenticationError
                        : AnswerBody.OtherError;
                }
            }

            return result;
        }
        catch (JsonException)
        {
            return AnswerBody.Foreign;
        }
    }
}
