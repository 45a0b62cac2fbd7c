/** Ends a sign-in that was begun in this window, when the app is opened anew, and says how it went. */
import { failureText } from '../../../store/failure.ts'
import { select } from '../../../store/session.ts'
import { resumeSignIn, SignInStopped } from '../../../store/sign-in/windows.ts'
import { toast } from '../../../store/toasts.ts'
import { signInWords } from './sign-in-words.ts'

/** Shows the system that was signed in to. */
export async function resumeSignInFromAddress(): Promise<void> {
  try {
    const done = await resumeSignIn()
    if (done === null) return toast(signInWords().stopped.lost, 'bad')
    select([`system:${done.system}`])
    toast(signInWords().signedIn(done.account), 'good')
  } catch (error) {
    toast(error instanceof SignInStopped ? signInWords().stopped[error.why] : failureText(error), 'bad')
  }
}
