namespace AtomicPay.Scanner.Rules.Catalog;

internal static class AtomicPayApiKey
{
    public static Rule Rule { get; } = new()
    {
        Id = "atomicpay-api-key",
        Name = "AtomicPay API key",
        Summary = "An AtomicPay API key is readable here.",
        Help = """
            An AtomicPay API key acts for the account that it belongs to, or for one of its products, with the permissions that
            were granted to it. Keys belong on the server side or in protected environment variables, never in browser code, public
            repositories or screenshots.

            **Now**

            1. Revoke or rotate the key in the AtomicPay dashboard. Deleting it from the file does not help: the history of the
               repository, its clones and its caches still show it.
            2. Look at the usage of the key, and at errors, for requests that are not yours.
            3. Put the new key into an environment variable, or another protected place on the server, and read it from there.

            **So that it stays away**

            - Store keys in environment variables.
            - Limit who can view keys.
            - Rotate keys regularly, and revoke those that are not used.
            - Keep test and production apart: a key for each.
            - Give a key only the permissions that its integration needs, and test it with a low-risk request.
            - Monitor errors and usage.
            - Rotate or revoke when access changes: an integration is retired, a vendor no longer needs access, a teammate
              leaves, or exposure is suspected.
            """,
        Steps =
        [
            "Revoke or rotate the key in the AtomicPay dashboard.",
            "Look at its usage for requests that are not yours.",
            "Put the new key into an environment variable, or another protected place on the server.",
        ],
        Prefixes = ["atpay_"],

        // Permissive, because AtomicPay does not state the form.
        Body = BodyPattern.Parse("(live_|test_)?[A-Za-z0-9_-]{16,128}"),
        Examples =
        [
            "{key}",
            "ATOMICPAY_API_KEY={key}",
            "curl -H \"X-API-Key: {key}\" https://api.atomicpay.com.br/v1",
            "curl -u{key}: https://api.atomicpay.com.br/v1",
            "Authorization: Bearer {key}",
            "{\"key\": \"{key}\", \"limit\": 20}",
            "https://api.atomicpay.com.br/v1?key={key}&limit=20",
            "The key is {key}.",
            "<code>{key}</code>",
            "**{key}**",
            "_{key}_",
            "first line\\n{key}\\nlast line",
            "a\\t{key}\\tb",
            "X-API-Key%3A%20{key}",
            "key=3D{key}",
            "{\\\"key\\\":\\\"{key}\\\"}",
            "key\\u003d{key}",
            "key\\x3d{key}",
            "\u001b[0m{key}\u001b[1m",
            "&quot;{key}&quot;",
        ],
        NearMisses =
        [
            "wechat{key}",
            "flat{key}",
            "repeat{key}",
            "my_{key}",
            "\\u0077{key}",
            "atpay_subscription_customer_lookup_id",
            "atpay_webhook_signature_verification_v2",
            "atpay_notificationRetryScheduleInMinutes",
            "atpay_codigo_da_transacao_financeira",
            "ATOMICPAY_API_KEY=atpay_your_api_key_here",
            "atpay_sua_chave_aqui_exemplo",
            "atpay_xxxxxxxxxxxxxxxxxxxxxxxx",
            "atpay_00000000000000000000000000000000",
            "atpay_1234567890123456789012345678",
            "atpay_0123456789abcdef0123456789abcdef",
            "atpay_qwertyuiopasdfghjklzxcvbnm",
            "atpay_<API_KEY>",
            "atpay_${ATOMICPAY_API_KEY}",
            "atpay_{{ atomicpay_api_key }}",
            "atpay_...",
            "atpay_live_",
            "{key}****",
            "{key}\u2022\u2022\u2022\u2022",
            "{key}\u2026",
            "{key}${SUFFIX}",
            "{\"atpay_token\": \"a JSON field of another company\"}",
        ],
    };
}
