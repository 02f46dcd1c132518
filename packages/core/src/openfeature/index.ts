/**
 * The flags of a gateway's policy, for OpenFeature.
 *
 * @module
 */
export { policyFlagProvider } from "./policy-flag-provider.js";
