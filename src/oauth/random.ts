export {
  calculatePKCECodeChallenge as codeChallengeOf,
  generateRandomCodeVerifier as generateVerifier,
  generateRandomNonce as generateNonce,
  generateRandomState as generateState,
} from 'oauth4webapi';
