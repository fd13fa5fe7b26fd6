sb.append("{key[..6]}");
        sb.append("{key[6..]}");
