// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

/** An extension of a hello (RFC 8446, 4.2), by its number in IANA's registry of TLS extensions. */
public final class Extension {
    static final int SERVER_NAME = 0;
    static final int SUPPORTED_GROUPS = 10;
    static final int SESSION_TICKET = 35;
    static final int PRE_SHARED_KEY = 41;
    static final int EARLY_DATA = 42;
    static final int SUPPORTED_VERSIONS = 43;
    static final int KEY_SHARE = 51;
    private static final int HEADER = 4;

    private final int type;
    private final int bytes;

    Extension(int type, int contentBytes) {
        this.type = type;
        this.bytes = HEADER + contentBytes;
    }

    public int type() {
        return type;
    }

    /** Its length on the wire, header included. */
    public int bytes() {
        return bytes;
    }

    /** As the registry has it; a number in hexadecimal if it is none of those that make hellos long. */
    public String name() {
        switch (type) {
            case SERVER_NAME: return "server_name";
            case 5: return "status_request";
            case SUPPORTED_GROUPS: return "supported_groups";
            case 13: return "signature_algorithms";
            case 16: return "application_layer_protocol_negotiation";
            case 17: return "status_request_v2";
            case 21: return "padding";
            case 27: return "compress_certificate";
            case SESSION_TICKET: return "session_ticket";
            case PRE_SHARED_KEY: return "pre_shared_key";
            case EARLY_DATA: return "early_data";
            case SUPPORTED_VERSIONS: return "supported_versions";
            case 44: return "cookie";
            case 47: return "certificate_authorities";
            case 50: return "signature_algorithms_cert";
            case KEY_SHARE: return "key_share";
            case 0xfe0d: return "encrypted_client_hello";
            default: return String.format("0x%04x", type);
        }
    }
}
