String s = "{key:json|base64|wrap64-joined}";
