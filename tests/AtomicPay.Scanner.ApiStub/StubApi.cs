using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AtomicPay.Scanner.ApiStub;

/// <summary>The documented API, and the revocation that AtomicPay does not document.</summary>
internal sealed class StubApi(StubOptions options, StubKeys keys)
{
    public const string RevokePath = "/v1/api-keys/revoke";

    private static readonly string[] Lists = ["purchases", "customers", "products", "subscriptions"];

    public static string? KeyOf(HttpRequest request)
    {
        if (request.Headers.Authorization.ToString() is { } authorization && authorization.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return authorization["Bearer ".Length..];
        }

        return request.Headers["X-API-Key"].ToString() is { Length: > 0 } key ? key : null;
    }

    public async Task Answer(HttpContext context, string? key)
    {
        var path = context.Request.Path.Value ?? "/";
        var (admitted, remaining, reset) = key is null ? (true, options.Limit, options.Time.GetUtcNow().AddMinutes(1)) : keys.Count(key);
        SetLimit(context.Response, remaining, reset);
        if (path is "/" or "/v1")
        {
            await Json(context, 200, """{"name":"AtomicPay API","version":"1","docs":"https://docs.atomicpay.com.br","status":"ok"}""");
        }
        else if (key is null || !keys.IsLive(key))
        {
            await Error(context, 401, "authentication_error", "unauthorized");
        }
        else if (!admitted)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (int)(reset - options.Time.GetUtcNow()).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Error(context, 429, "rate_limit_error", "rate_limited");
        }
        else
        {
            await Route(context, key, path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    public void SetLimit(HttpResponse response, int remaining, DateTimeOffset reset)
    {
        response.Headers["X-RateLimit-Limit"] = options.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Reset"] = reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }

    public static Task Error(HttpContext context, int status, string? type, string code)
    {
        var typeField = type is null ? "" : $"\"type\":{JsonSerializer.Serialize(type)},";
        return Json(context, status, $"{{\"error\":{{\"code\":{JsonSerializer.Serialize(code)},\"message\":\"The request was not carried out.\",{typeField}\"status\":{status}}}}}");
    }

    public static async Task Json(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json, context.RequestAborted);
    }

    private Task Route(HttpContext context, string key, string[] path) => (context.Request.Method, path) switch
    {
        ("GET", ["v1", var list]) when Lists.Contains(list) => List(context, key, list),
        ("GET", ["v1", var list, _]) when Lists.Contains(list) => keys.May(key, $"{list}.read")
            ? Error(context, 404, "not_found_error", "not_found")
            : Error(context, 403, "permission_error", "forbidden"),
        ("POST", ["v1", "api-keys", "revoke"]) => Revoke(context, key),
        _ => Error(context, 404, "not_found_error", "not_found"),
    };

    private Task List(HttpContext context, string key, string list)
    {
        var limit = context.Request.Query["limit"].ToString();
        if (limit.Length > 0 && !(int.TryParse(limit, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 100))
        {
            return Error(context, 400, "invalid_request_error", "invalid_limit");
        }

        return keys.May(key, $"{list}.read")
            ? Json(context, 200, """{"data":[],"has_more":false}""")
            : Error(context, 403, "permission_error", "forbidden");
    }

    private Task Revoke(HttpContext context, string key)
    {
        switch (options.Revocation)
        {
            case RevocationBehavior.Revokes:
                keys.Revoke(key, TimeSpan.Zero);
                return Json(context, 200, """{"status":"revoked"}""");
            case RevocationBehavior.RevokesLater:
                keys.Revoke(key, options.StillLiveFor);
                return Json(context, 202, """{"status":"accepted"}""");
            case RevocationBehavior.AcceptsOnly:
                return Json(context, 200, """{"status":"revoked"}""");
            case RevocationBehavior.Refuses:
                return Error(context, 403, "permission_error", "forbidden");
            default:
                return Error(context, options.NotSupportedStatus, "not_found_error", "not_found");
        }
    }
}
