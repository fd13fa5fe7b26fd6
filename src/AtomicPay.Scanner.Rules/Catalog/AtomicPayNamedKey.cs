namespace AtomicPay.Scanner.Rules.Catalog;

internal static class AtomicPayNamedKey
{
    public static Rule Rule { get; } = new()
    {
        Id = "atomicpay-named-key",
        Name = "Key under AtomicPay's name",
        Summary = "A random value without AtomicPay's prefix stands here under the name of an AtomicPay key, or is sent to AtomicPay's API.",
        Help = """
            AtomicPay API keys begin with `atpay_`. This value does not, but it is assigned to a name such as
            `ATOMICPAY_API_KEY`, or sent to AtomicPay's API, and it looks random: a key whose prefix is added elsewhere, a key
            that was copied incompletely, or the secret of another service under this name. Keys belong on the server side or in
            protected environment variables, never in browser code, public repositories or screenshots.

            **Now**

            1. Find out what the value opens. If it is part of an AtomicPay key, revoke or rotate that key in the AtomicPay
               dashboard. Deleting it from the file does not help: the history of the repository, its clones and its caches
               still show it.
            2. Look at the usage of the key, and at errors, for requests that are not yours.
            3. Put the new key into an environment variable, or another protected place on the server, and read it from there.

            **If it is no secret**

            - Mark its line with `atomicpay-scan:allow`.
            """,
        Steps =
        [
            "Find out what the value opens; it has not AtomicPay's prefix, but AtomicPay's name.",
            "If it is part of a key, revoke or rotate that key in the AtomicPay dashboard, and look at its usage for requests that are not yours.",
            "Put the new key into an environment variable, or another protected place on the server.",
        ],
        Severity = Severity.Warning,
        Precision = "medium",
        Names = ["atomicpay", "atomic_pay", "atomic-pay"],
        Host = "api.atomicpay.com.br",
        Body = BodyPattern.Parse("(live_|test_)?[A-Za-z0-9_-]{20,128}"),

        // The first has a rule of its own; the others tell by their prefix that they are of other services.
        Allowed = ["atpay_*", "sk_*", "pk_*", "rk_*", "whsec_*", "ghp_*", "gho_*", "ghs_*", "github_pat_*", "AKIA*", "xox*", "AIza*", "eyJ*"],
        Examples =
        [
            "ATOMICPAY_API_KEY={key}",
            "ATOMICPAY_KEY='{key}'",
            "export ATOMICPAY_SECRET_KEY=\"{key}\"",
            "NEXT_PUBLIC_ATOMICPAY_API_KEY={key}\nOTHER=1",
            "docker run -e ATOMICPAY_API_KEY={key} shop",
            "ENV ATOMICPAY_API_KEY {key}",
            "atomic_pay_secret: {key}",
            "atomicpay.api-key={key}",
            "\"AtomicPay:ApiKey\": \"{key}\",",
            "AtomicPay__ApiKey={key}",
            "const atomicPayApiKey = '{key}';",
            "const atomicPayApiKey: string =\n  \"{key}\";",
            "private const string AtomicPayApiKey = \"{key}\";",
            "public string AtomicPayApiKey { get; set; } = \"{key}\";",
            "Environment.SetEnvironmentVariable(\"ATOMICPAY_API_KEY\", \"{key}\");",
            "define('ATOMICPAY_API_KEY', '{key}');",
            "$config['atomicpay_key'] = '{key}';",
            "'atomicpay' => [\n    'sandbox' => true,\n    'key' => '{key}',\n],",
            "os.environ[\"ATOMICPAY_API_KEY\"] = \"{key}\"",
            "key = os.getenv(\"ATOMICPAY_API_KEY\", \"{key}\")",
            "const key = process.env.ATOMICPAY_API_KEY || '{key}';",
            "const key = process.env.ATOMICPAY_API_KEY ?? \"{key}\";",
            "curl --atomicpay-api-key {key}",
            "KEY=${ATOMICPAY_API_KEY:-{key}}",
            "<add key=\"AtomicPay:ApiKey\" value=\"{key}\" />",
            "<atomicpayApiKey>{key}</atomicpayApiKey>",
            "<property name=\"atomicpay.apiKey\">{key}</property>",
            "{\"AtomicPay\": {\"BaseUrl\": \"https://api.atomicpay.com.br\", \"ApiKey\": \"{key}\"}}",
            "{\"name\": \"ATOMICPAY_API_KEY\", \"value\": \"{key}\"}",
            "- name: ATOMICPAY_API_KEY\n  value: {key}",
            "env:\n  ATOMICPAY_API_KEY: {key}\n",
            "atomicpay:\n  url: https://api.atomicpay.com.br\n  api_key: {key}\n",
            "[atomicpay]\napi_key = \"{key}\"\n",
            "curl -H \"Authorization: Bearer {key}\" https://api.atomicpay.com.br/v1/purchases",
            "curl https://api.atomicpay.com.br/v1/purchases \\\n  -H 'X-API-Key: {key}'",
            "curl -u {key}: https://api.atomicpay.com.br/v1",
            "fetch('https://api.atomicpay.com.br/v1/customers', {\n  headers: { Authorization: 'Bearer {key}' },\n})",
            "fetch(\"https://api.atomicpay.com.br/v1\", { headers: { \"X-API-Key\": \"{key}\" } })",
            "client.BaseAddress = new Uri(\"https://api.atomicpay.com.br\");\nclient.DefaultRequestHeaders.Authorization = new(\"Bearer\", \"{key}\");",
        ],
        NearMisses =
        [
            "ATOMICPAY_API_KEY=",
            "ATOMICPAY_API_KEY=your-api-key-goes-here-123",
            "ATOMICPAY_API_KEY=atpay_your_api_key_here",
            "ATOMICPAY_API_KEY=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "ATOMICPAY_API_KEY=0123456789abcdef0123456789abcdef",
            "ATOMICPAY_API_KEY=sk_live_{key}",
            "ATOMICPAY_API_KEY={key}****",
            "ATOMICPAY_API_KEY={key}...",
            "ATOMICPAY_API_KEY={key}.example",
            "ATOMICPAY_API_KEY=${{ secrets.ATOMICPAY_API_KEY }}",
            "ATOMICPAY_API_KEY=${ATOMICPAY_API_KEY_FROM_VAULT_2024}",
            "ATOMICPAY_API_KEY=vault://secret/data/{key}",
            "ATOMICPAY_API_KEY: !Ref AtomicPayApiKey9fK2x7Qw",
            "ATOMICPAY_API_KEY: c3VhLWNoYXZlLWRhLWF0b21pY3BheS1hcXVp",
            "ATOMICPAY_API_KEY=7375612d63686176652d6171756921212121",
            "ATOMICPAY_API_KEY=123e4567-e89b-42d3-a456-426614174000",
            "ATOMICPAY_KEY_ID={key}",
            "ATOMICPAY_API_KEY_HASH={key}",
            "ATOMICPAY_API_KEY_FILE={key}",
            "ATOMICPAY_WEBHOOK_ID={key}",
            "ATOMICPAY_PRODUCT={key}",
            "atomicpay_transaction_token_id: {key}",
            "atomicpay-tokenizer={key}",
            "atomicPayKey = process.env.{key}",
            "atomicPayKey = getSecret{key}(1)",
            "atomicPayKey == \"{key}\"",
            "if (atomicPayKey !== '{key}') {",
            "const atomicPayApiKey = await secretManager.accessSecretVersion9();",
            "const atomicPayApiKey = loadAtomicPayApiKeyFromConfigurationV2;",
            "subatomicpayloadKey=1",
            "https://api.atomicpay.com.br/v1/purchases/{key}",
            "https://api.atomicpay.com.br/v1/purchases?product={key}",
            "curl https://api.atomicpay.com.br/v1 -H \"Idempotency-Key: {key}\"",
            "curl -H \"Authorization: Bearer {key}\" https://api.example.com\ncurl https://api.atomicpay.com.br/v1",
            "curl -H \"Authorization: Bearer {key}\" $OTHER\n\ncurl https://api.atomicpay.com.br/v1",
            "curl -H \"Authorization: Bearer $KEY\" https://api.atomicpay.com.br/v1",
            "curl -H \"Authorization: Bearer YOUR_API_KEY_GOES_HERE\" https://api.atomicpay.com.br/v1",
            "atomicpay:\n  url: https://api.example.com\nother:\n  api_key: {key}\n",
            "https://github.com/atomicpay/atomicpay-key/commit/{key}",
        ],
    };
}
