// The Portkey gateway as it is published. It takes the upstream from a header of the request.
import "../node_modules/@portkey-ai/gateway/build/start-server.js";
