import { createCleverClient, isCleverError } from 'clever-sdk';

const clever = createCleverClient({ ...sandbox.clientOptions(), dangerouslyAllowBrowser: true });
const district = clever.district({ token: sandbox.districts[0].token });

try {
  await district.users.get('0123456789abcdef01234567'); // no one has this id
} catch (error) {
  if (!isCleverError(error)) {
    throw error;
  }
  console.log('code:', error.code); // to decide by
  console.log('isRetryable:', error.isRetryable);
  console.log('message:', error.message); // for developers: what to do
  console.log('userMessage:', error.userMessage); // for the person at the screen
}
